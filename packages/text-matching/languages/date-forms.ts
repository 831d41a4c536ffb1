/** Writes a day in the ways that people do: `12 March 2026`, `March 12th`, `Mar 12`, `2026-03-12`, `12.3.2026`. */

interface Day {
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  readonly year: number | undefined;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
/** Day before month: always with full stops, and with slashes only if the day is above 12. */
const DAY_FIRST = /^(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}))?\.?$/;
const DAY_OF_MONTH =
  /^(?:the\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?([^\s\d,]+?)\.?(?:,?\s+(?:de\s+)?(\d{4}))?$/iu;
const MONTH_OF_DAY = /^([^\s\d,]+?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$/iu;

const LANGUAGE_CODE = /^[a-z]{2,3}(?![a-z])/;

/** Returns the other ways to write the same day; none if the text is not a single day. */
export function dateForms(text: string, language: string): string[] {
  const code = LANGUAGE_CODE.exec(language.toLowerCase())?.[0] ?? 'en';
  const names = [...new Set([code, 'en'])].map((one) => ({ one, months: monthNames(one) }));
  const day = dayOf(text.trim(), new Map(names.flatMap(({ months }) => [...months])));
  if (day === undefined) return [];
  const forms = new Set(inFigures(day));
  for (const { one, months } of names) {
    for (const [month, number] of months) if (number === day.month) addWritten(forms, day, month, one);
  }
  forms.delete(text);
  return [...forms];
}

function dayOf(text: string, months: ReadonlyMap<string, number>): Day | undefined {
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return checked(Number(iso[3]), Number(iso[2]), iso[1]);
  const figures = DAY_FIRST.exec(text);
  if (figures !== null) {
    const [, day, separator, month, year] = figures;
    const isSure = separator === '.' || Number(day) > 12;
    return isSure ? checked(Number(day), Number(month), year) : undefined;
  }
  const british = DAY_OF_MONTH.exec(text);
  if (british !== null) return checked(Number(british[1]), months.get(lower(british[2]!)), british[3]);
  const american = MONTH_OF_DAY.exec(text);
  if (american !== null) return checked(Number(american[2]), months.get(lower(american[1]!)), american[3]);
  return undefined;
}

function checked(day: number, month: number | undefined, year: string | undefined): Day | undefined {
  if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return { day, month, year: year === undefined ? undefined : Number(year) };
}

/** Forms in figures, only for a day with a year: `3/12` may be anything. */
function inFigures({ day, month, year }: Day): string[] {
  if (year === undefined) return [];
  const [dd, mm] = [String(day).padStart(2, '0'), String(month).padStart(2, '0')];
  return [`${year}-${mm}-${dd}`, `${dd}.${mm}.${year}`, `${day}.${month}.${year}`].concat(
    day > 12 || day === month ? [`${dd}/${mm}/${year}`, `${mm}/${dd}/${year}`] : [],
  );
}

function addWritten(forms: Set<string>, { day, year }: Day, month: string, language: string): void {
  const days = language === 'en' ? [`${day}`, `${day}${ordinalEnding(day)}`] : [`${day}`, `${day}.`];
  for (const written of days) {
    for (const form of [`${written} ${month}`, `${month} ${written}`]) {
      forms.add(form);
      if (year !== undefined) forms.add(`${form} ${year}`);
    }
    if (language === 'en') forms.add(`${written} of ${month}`);
  }
}

function ordinalEnding(day: number): string {
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(day);
  return { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[kind];
}

/** Full and short names of the months, as written beside a day. */
function monthNames(language: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
    for (const month of MONTHS) {
      const part = format.formatToParts(Date.UTC(2020, month - 1, 15)).find(({ type }) => type === 'month');
      if (part !== undefined && /\p{L}/u.test(part.value))
        names.set(lower(part.value.replace(/\.$/, '')), month);
    }
  }
  return names;
}

function lower(text: string): string {
  return text.toLowerCase();
}
