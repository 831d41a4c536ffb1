/** Spells a day in the ways that people do, so that a disguised one is found too: `12 March 2026`, `March 12th`, `Mar 12`, `2026-03-12`. */
import { type CalendarDay } from './calendar-day.ts';
import { languageCode } from './day-order.ts';
import { namesOf } from './month-names.ts';

const UP_TO_TWENTY =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** Returns the ways to write a day, without the spelling of the term itself. */
export function dateForms(text: string, date: CalendarDay, language: string): string[] {
  const forms = new Set(inFigures(date));
  for (const code of new Set([languageCode(language), 'en'])) {
    for (const [month, number] of namesOf(code))
      if (number === date.month) addWritten(forms, date, month, code);
  }
  forms.delete(text);
  return [...forms];
}

/** Forms in figures, only for a day with a year: `3/12` may be anything. */
function inFigures({ day, month, year }: CalendarDay): string[] {
  if (year === undefined) return [];
  const [dd, mm] = [String(day).padStart(2, '0'), String(month).padStart(2, '0')];
  return [`${year}-${mm}-${dd}`, `${dd}.${mm}.${year}`, `${day}.${month}.${year}`].concat(
    day > 12 || day === month ? [`${dd}/${mm}/${year}`, `${mm}/${dd}/${year}`] : [],
  );
}

function addWritten(forms: Set<string>, { day, year }: CalendarDay, month: string, language: string): void {
  const isEnglish = language === 'en';
  const ordinals = isEnglish ? [`${day}${ordinalEnding(day)}`, ordinalWord(day)] : [`${day}.`];
  for (const written of [`${day}`, ...ordinals]) {
    for (const form of [`${written} ${month}`, `${month} ${written}`]) {
      forms.add(form);
      if (year !== undefined) forms.add(`${form} ${year}`);
    }
    if (isEnglish) forms.add(`${written} of ${month}`);
  }
}

function ordinalEnding(day: number): string {
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(day);
  return { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[kind];
}

function ordinalWord(day: number): string {
  if (day <= UP_TO_TWENTY.length) return UP_TO_TWENTY[day - 1]!;
  if (day === 30) return 'thirtieth';
  return day > 30 ? 'thirty-first' : `twenty-${UP_TO_TWENTY[day - 21]!}`;
}
