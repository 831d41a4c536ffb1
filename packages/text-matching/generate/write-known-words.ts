/**
 * Writes `tables/known-words.json`: the ordinary words of many languages, folded as the engine folds, by frequency.
 *
 * Source: the data of the Python package wordfreq 3.1.1 by Robyn Speer (https://github.com/rspeer/wordfreq), CC BY-SA 4.0, which
 * credits among others SUBTLEX (Marc Brysbaert et al.), OpenSubtitles and Wikipedia. The table stays under that licence.
 *
 * Run: `pip download wordfreq==3.1.1 --no-deps`, unzip the wheel, then
 * `npx tsx packages/text-matching/generate/write-known-words.ts DIR/wordfreq/data`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync, gunzipSync } from 'node:zlib';
import { foldText } from '../fold/fold-text.ts';
import { readMessagePack } from './read-message-pack.ts';

/** Language → the list, and the frequency of the rarest words taken (Zipf scale: log10 of occurrences in a billion words). */
const LISTS: readonly (readonly [string, 'large' | 'small', number])[] = [
  ['en', 'large', 1.5],
  ...['de', 'es', 'fr', 'it', 'pt', 'nl', 'sv', 'pl', 'tr', 'id', 'ru', 'uk', 'ar', 'el', 'hi'].map(
    (language) => [language, 'small', 3] as const,
  ),
];
/**
 * Languages whose words are ordinary in texts of the language, and nothing else: without a frequency, they make no name ordinary and no
 * spelling likely.
 */
const GUARDED = ['is', 'da', 'nb', 'fi', 'hu', 'cs', 'ro'];
const WITHOUT_FREQUENCY = 0;
/** Single letters do not count as words. */
const SHORTEST = 2;
/** Frequency classes are half steps on the Zipf scale. */
const STEPS_PER_ZIPF = 2;

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder of word lists');

const english = readWords(path.join(folder, 'large_en.msgpack.gz'), 0);
const guarded = GUARDED.map((language) => [language, 'small', 3] as const);
const languages = [...LISTS, ...guarded].map(([language, size, rarest]) => {
  const words = readWords(path.join(folder, `${size}_${language}.msgpack.gz`), rarest);
  // A word that is more frequent in English came from English text in the other lists. It does not show a text's language.
  if (language !== 'en') {
    for (const [word, group] of words) if ((english.get(word) ?? 0) >= group) words.delete(word);
  }
  if (GUARDED.includes(language)) for (const word of words.keys()) words.set(word, WITHOUT_FREQUENCY);
  const packed = deflateRawSync(Buffer.from(packWords(words)), { level: 9 });
  process.stdout.write(`${language}: ${words.size} words, ${packed.length} bytes\n`);
  const hasFrequency = !GUARDED.includes(language);
  return { language, hasFrequency, words: words.size, data: packed.toString('base64') };
});
const table = {
  source:
    'wordfreq 3.1.1 (Robyn Speer), https://github.com/rspeer/wordfreq; folded and cut by generate/write-known-words.ts',
  licence: 'CC BY-SA 4.0',
  stepsPerZipf: STEPS_PER_ZIPF,
  languages,
};
writeFileSync(
  path.resolve(import.meta.dirname, '../tables/known-words.json'),
  `${JSON.stringify(table, null, 1)}\n`,
);

/** Reads folded words with their frequency class. The list holds, after its header, words by centibels below certainty. */
function readWords(file: string, rarest: number): Map<string, number> {
  const lists = readMessagePack(gunzipSync(readFileSync(file)));
  if (!Array.isArray(lists)) throw new Error(`${file}: not a list of words`);
  const words = new Map<string, number>();
  lists.slice(1).forEach((list: unknown, centibels) => {
    const zipf = 9 - centibels / 100;
    if (zipf < rarest || !Array.isArray(list)) return;
    for (const word of list) {
      const folded = typeof word === 'string' ? foldWord(word) : '';
      if (folded.length >= SHORTEST && !words.has(folded))
        words.set(folded, Math.floor(zipf * STEPS_PER_ZIPF));
    }
  });
  return words;
}

/** Folds a word as the engine does, repeats collapsed; empty if the engine would see several words. */
function foldWord(word: string): string {
  const scratch = foldText(word);
  if (scratch.readWords(new Int32Array(scratch.startCount)) !== 1) return '';
  const symbols = [...scratch.symbols.subarray(0, scratch.length)];
  return String.fromCodePoint(...symbols.filter((symbol, index) => symbol !== symbols[index - 1]));
}

/** Writes a line for each class: its number, then sorted words, each as the length shared with the word before (a letter) and the rest. */
function packWords(words: ReadonlyMap<string, number>): string {
  const classes = new Map<number, string[]>();
  for (const [word, group] of words) {
    const list = classes.get(group) ?? [];
    list.push(word);
    classes.set(group, list);
  }
  return [...classes]
    .map(([group, list]) => {
      let previous = '';
      const coded = list.sort().map((word) => {
        let shared = 0;
        while (shared < word.length && shared < 25 && word[shared] === previous[shared]) shared++;
        previous = word;
        return String.fromCharCode(65 + shared) + word.slice(shared);
      });
      return `${group}\t${coded.join(' ')}`;
    })
    .join('\n');
}
