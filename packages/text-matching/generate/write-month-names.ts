/**
 * Writes `tables/month-names.json`: the full names of the months in many languages, as they stand beside a day and alone, from Node's Intl data
 * (Unicode CLDR, licence Unicode-3.0). It is generated so that what is found doesn't depend on the Node that runs.
 *
 * Run: `npx tsx packages/text-matching/generate/write-month-names.ts`
 */
import { writeFileSync } from 'node:fs';

const LANGUAGES =
  'en de fr es pt it nl sv nb da fi et pl cs sk sl hr hu ro tr id ru uk bg el ar hi th vi lt lv ca he ms fil sr mk'.split(
    ' ',
  );
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

const names = new Map<string, number>();
const doubtful = new Set<string>();
for (const language of LANGUAGES) {
  const locale = `${language}-u-ca-gregory-nu-latn`;
  for (const options of [{ day: 'numeric', month: 'long' }, { month: 'long' }] as const) {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    for (const month of MONTHS) {
      const parts = format.formatToParts(Date.UTC(2020, month - 1, 15));
      const name = parts
        .find(({ type }) => type === 'month')
        ?.value.toLowerCase()
        .normalize('NFKC');
      if (name === undefined || !/^[\p{L}\p{M}]{3,}$/u.test(name)) continue;
      if ((names.get(name) ?? month) !== month) doubtful.add(name);
      names.set(name, month);
    }
  }
}
// A name of two months, as `listopad` (October in Croatian, November in Polish), names none for sure.
for (const name of doubtful) names.delete(name);
const sorted = Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
const table = {
  source: `Unicode CLDR ${process.versions.cldr ?? ''} through Intl.DateTimeFormat`,
  licence: 'Unicode-3.0',
  languages: LANGUAGES,
  months: sorted,
};
writeFileSync(
  new URL('../tables/month-names.json', import.meta.url),
  `${JSON.stringify(table, undefined, 2)}\n`,
);
process.stdout.write(`${names.size} names; of two months: ${[...doubtful].join(', ')}\n`);
