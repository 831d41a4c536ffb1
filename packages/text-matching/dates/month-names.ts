import table from '../tables/month-names.json' with { type: 'json' };

const FULL: ReadonlyMap<string, number> = new Map(Object.entries(table.months));

/** A name of this length may have an ending: `maaliskuun`, `septembers`. */
const SHORTEST_INFLECTED = 8;
const LONGEST_ENDING = 2;
const SHORTEST_ABBREVIATION = 4;
/** Written without a stop, too. */
const ABBREVIATED: ReadonlyMap<string, number> = new Map([['sept', 9]]);
const SEVERAL = 0;
/** The month of each beginning of a name. */
const MONTH_OF_START = new Map<string, number>();
for (const [name, month] of FULL) {
  for (let length = 3; length < name.length; length++) {
    const start = name.slice(0, length);
    MONTH_OF_START.set(start, (MONTH_OF_START.get(start) ?? month) === month ? month : SEVERAL);
  }
}
/** The Hebrew preposition that is written to the month: בספטמבר. */
const HEBREW_IN = /^ב(?=\p{Script=Hebrew}{2})/u;

/** The month, 1 to 12, that a full name means in any language of the table. */
export function monthOf(word: string): number | undefined {
  const lower = word.normalize('NFKC').toLowerCase();
  const own = FULL.get(lower) ?? ABBREVIATED.get(lower) ?? FULL.get(lower.replace(HEBREW_IN, ''));
  if (own !== undefined) return own;
  for (let ending = 1; ending <= LONGEST_ENDING && lower.length - ending >= SHORTEST_INFLECTED; ending++) {
    const month = FULL.get(lower.slice(0, -ending));
    if (month !== undefined) return month;
  }
  return undefined;
}

/** The month that an abbreviation with a stop means: `fév.`, `Sept.`; undefined if it may be two. One of three letters must not be plain ASCII. */
export function monthOfAbbreviation(word: string): number | undefined {
  const lower = word.normalize('NFKC').toLowerCase();
  if (lower.length < SHORTEST_ABBREVIATION && /^[a-z]*$/.test(lower)) return undefined;
  const month = MONTH_OF_START.get(lower);
  return month === SEVERAL ? undefined : month;
}

/** Full and short names of the months in a language and in English, as written beside a day. */
export function shortMonths(language: string): ReadonlyMap<string, number> {
  const held = cache.get(language);
  if (held !== undefined) return held;
  const names = new Map([...namesOf('en'), ...namesOf(language)]);
  cache.set(language, names);
  return names;
}

/** The same names, of one language only. */
export function namesOf(language: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
    for (let month = 1; month <= 12; month++) {
      const part = format.formatToParts(Date.UTC(2020, month - 1, 15)).find(({ type }) => type === 'month');
      if (part !== undefined && /\p{L}/u.test(part.value))
        names.set(part.value.replace(/\.$/, '').toLowerCase(), month);
    }
  }
  return names;
}

const cache = new Map<string, ReadonlyMap<string, number>>();
