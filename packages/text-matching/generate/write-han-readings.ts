/**
 * Writes `tables/han-readings.json`: how Han characters are read in Japanese and in Mandarin, from Unicode's Unihan database (licence
 * Unicode-3.0). Characters are grouped by reading, to save space.
 *
 * Run: `npx tsx packages/text-matching/generate/write-han-readings.ts FOLDER`
 * (`FOLDER`: holds Unihan_Readings.txt and Unihan_OtherMappings.txt, as in the Debian package `unicode-data` after bunzip2)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
/** The version of the files. */
const UNICODE = '15.0';

/** The values of a field by character. */
function valuesOf(file: string, field: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n')) {
    const [code = '', name, value = ''] = line.split('\t');
    if (name === field && code.startsWith('U+'))
      values.set(String.fromCodePoint(Number.parseInt(code.slice(2), 16)), value);
  }
  return values;
}

/** Groups the characters of a set by each of their readings. */
function byReading(
  values: ReadonlyMap<string, string>,
  isUsed: (character: string) => boolean,
  most: number,
) {
  const groups = new Map<string, string>();
  for (const [character, value] of values) {
    if (!isUsed(character)) continue;
    for (const reading of value.split(' ').slice(0, most)) {
      const plain = reading
        .toLowerCase()
        .normalize('NFD')
        .replace(/u\u0308/g, 'v')
        .replace(/\p{Mn}/gu, '');
      groups.set(plain, (groups.get(plain) ?? '') + character);
    }
  }
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const READINGS = 'Unihan_Readings.txt';
const MAPPINGS = 'Unihan_OtherMappings.txt';
const inJapanese = new Set([
  ...valuesOf(MAPPINGS, 'kJoyoKanji').keys(),
  ...valuesOf(MAPPINGS, 'kJinmeiyoKanji').keys(),
]);
/** The characters of frequency lists and of the official table of common ones: 釉 and 玫 are in the second alone. */
const inMandarin = new Set([
  ...valuesOf(READINGS, 'kHanyuPinlu').keys(),
  ...valuesOf(MAPPINGS, 'kTGH').keys(),
]);
/** The data give the readings by use, so the later ones are rare. */
const MOST = 4;
const table = {
  source: `Unicode ${UNICODE}, Unihan database`,
  licence: 'Unicode-3.0',
  kun: byReading(valuesOf(READINGS, 'kJapaneseKun'), (character) => inJapanese.has(character), MOST),
  on: byReading(valuesOf(READINGS, 'kJapaneseOn'), (character) => inJapanese.has(character), MOST),
  mandarin: byReading(valuesOf(READINGS, 'kMandarin'), (character) => inMandarin.has(character), 1),
};
writeFileSync(
  new URL('../tables/han-readings.json', import.meta.url),
  `${JSON.stringify(table, undefined, 2)}\n`,
);
