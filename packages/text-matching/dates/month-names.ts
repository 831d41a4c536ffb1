import table from '../tables/month-names.json' with { type: 'json' };

const FULL: ReadonlyMap<string, number> = new Map(Object.entries(table.months));

/** A name of this length may have an ending: `maaliskuun`, `septembers`. */
const SHORTEST_INFLECTED = 8;
const LONGEST_ENDING = 2;

/** The month, 1 to 12, that a full name means in any language of the table. */
export function monthOf(word: string): number | undefined {
  const lower = word.normalize('NFKC').toLowerCase();
  const own = FULL.get(lower);
  if (own !== undefined) return own;
  for (let ending = 1; ending <= LONGEST_ENDING && lower.length - ending >= SHORTEST_INFLECTED; ending++) {
    const month = FULL.get(lower.slice(0, -ending));
    if (month !== undefined) return month;
  }
  return undefined;
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
