/** A date as a value: day, month and, where it names one, year. */
import { isMonthFirst, languageCode } from './day-order.ts';
import { monthOf, shortMonths } from './month-names.ts';

export interface CalendarDay {
  /** 1 to 31. */
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  readonly year: number | undefined;
}

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
/** Always day before month with full stops. With slashes the language decides, or a day above 12. */
const FIGURES = /^(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}))?\.?$/;
const DAY_OF_MONTH =
  /^(?:the\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?([^\s\d,]+?)\.?(?:,?\s+(?:de\s+|del\s+)?(\d{4}))?$/iu;
const MONTH_OF_DAY = /^([^\s\d,]+?)\.?\s+(\d{1,2})(?:st|nd|rd|th|\.)?(?:,?\s+(\d{4}))?$/iu;
const EAST_ASIAN = /^(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]$/u;

/** The day that a term names; undefined if it names no single day. */
export function dayOf(term: string, language: string): CalendarDay | undefined {
  const text = term.trim().normalize('NFKC');
  const months = shortMonths(languageCode(language));
  const monthNamed = (name: string) => months.get(name.toLowerCase()) ?? monthOf(name);
  const iso = YEAR_FIRST.exec(text) ?? EAST_ASIAN.exec(text);
  if (iso !== null) return checkedDay(Number(iso[3]), Number(iso[2]), iso[1]);
  const figures = FIGURES.exec(text);
  if (figures !== null) {
    const [, first, sign, second, year] = figures;
    const monthFirst = sign === '/' ? isMonthFirst(language, Number(first), Number(second)) : false;
    if (monthFirst === undefined) return undefined;
    return monthFirst
      ? checkedDay(Number(second), Number(first), year)
      : checkedDay(Number(first), Number(second), year);
  }
  const british = DAY_OF_MONTH.exec(text);
  if (british !== null) return checkedDay(Number(british[1]), monthNamed(british[2]!), british[3]);
  const american = MONTH_OF_DAY.exec(text);
  if (american !== null) return checkedDay(Number(american[2]), monthNamed(american[1]!), american[3]);
  return undefined;
}

/** A day that exists in some year; two figures of a year are of this century. */
export function checkedDay(
  day: number,
  month: number | undefined,
  year: string | undefined,
): CalendarDay | undefined {
  if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (year === undefined) return { day, month, year: undefined };
  return { day, month, year: year.length === 2 ? 2000 + Number(year) : Number(year) };
}
