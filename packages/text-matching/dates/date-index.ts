import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import { NUMBER } from '../evidence/evidence.ts';
import { type CalendarDay } from './calendar-day.ts';
import { isMonthFirst } from './day-order.ts';
import { isSaidAsDay } from './doubtful-day.ts';
import { daysIn, yearBehind, type DayPlace } from './read-days.ts';

/** A date to look for, by the index of its term. */
export interface DateTerm {
  readonly item: number;
  readonly language: string;
  readonly date: CalendarDay;
}

/** Two numbers without a year may be anything. */
const BARE_LEFT = 0.75;
const IN_SLASHES = /^\d{1,2}\s?[/-]\s?\d{1,2}\s?[/-]\s?\d{4}$/u;
const YEAR_AHEAD = /(?<!\d)(\d{4})[-/., ]{1,2}$/u;

/** Finds dates by value, whatever their notation. */
export class DateIndex {
  readonly #byDay: ReadonlyMap<number, readonly DateTerm[]>;

  constructor(terms: readonly DateTerm[]) {
    const byDay = new Map<number, DateTerm[]>();
    for (const term of terms) {
      const held = byDay.get(keyOf(term.date));
      if (held === undefined) byDay.set(keyOf(term.date), [term]);
      else held.push(term);
    }
    this.#byDay = byDay;
  }

  /** Adds the dates of a text to the candidates. */
  search(text: string, candidates: Candidate[]): void {
    if (this.#byDay.size === 0) return;
    for (const place of daysIn(text)) {
      for (const term of this.#byDay.get(keyOf(place)) ?? []) {
        if (place.needsYear === true && term.date.year === undefined) continue;
        if (isSameYear(term.date, place.year) && isInOrder(term, place))
          candidates.push(candidateOf(term, place));
      }
    }
  }
}

/** True if a spelling of a date, found as letters, is that day in the text: no other year stands beside it. */
export function isDayAt(text: string, from: number, to: number, date: CalendarDay): boolean {
  // The order of such figures depends on the language, which the index knows.
  if (IN_SLASHES.test(text.slice(from, to)) || !isSaidAsDay(text, from, to)) return false;
  const ahead = YEAR_AHEAD.exec(text.slice(Math.max(0, from - 6), from))?.[1];
  return (
    isSameYear(date, yearBehind(text, to)?.year) &&
    isSameYear(date, ahead === undefined ? undefined : Number(ahead))
  );
}

function isSameYear({ year }: CalendarDay, found: number | undefined): boolean {
  return year === undefined || found === undefined || year === found;
}

/** True if day and month stand in the order of the term's language. English without a region has both. */
function isInOrder({ language }: DateTerm, { order }: DayPlace): boolean {
  if (order === undefined) return true;
  const monthFirst = isMonthFirst(language);
  return monthFirst === undefined || monthFirst === (order === 'month first');
}

function candidateOf({ item }: DateTerm, { from, to, isBare }: DayPlace): Candidate {
  const confidence = confidenceOf(NUMBER, 0) * (isBare ? BARE_LEFT : 1);
  return { item, from, to, evidence: NUMBER, confidence: Math.round(confidence * 1000) / 1000, distance: 0 };
}

function keyOf({ day, month }: Pick<CalendarDay, 'day' | 'month'>): number {
  return month * 32 + day;
}
