/**
 * Writes `tables/known-words.json`: the ordinary words of many languages, folded as the engine folds, by how often they occur.
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

/** Language → which list, and the rarest words taken (Zipf scale: log10 of occurrences in a billion words). */
const LISTS: readonly (readonly [string, 'large' | 'small', number])[] = [
  ['en', 'large', 1.5],
  ...['de', 'es', 'fr', 'it', 'pt', 'nl', 'sv', 'pl', 'tr', 'id', 'ru', 'uk', 'ar', 'el', 'hi'].map(
    (language) => [language, 'small', 3] as const,
  ),
];
/** Single letters are no words. */
const SHORTEST = 2;
/** Names of the classes are half steps on the Zipf scale. */
const STEPS_PER_ZIPF = 2;

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder of word lists');

const english = readWords(path.join(folder, 'large_en.msgpack.gz'), 0);
const languages = LISTS.map(([language, size, rarest]) => {
  const words = readWords(path.join(folder, `${size}_${language}.msgpack.gz`), rarest);
  // What English has more often came into the other lists with English text, and says nothing about a text's language.
  if (language !== 'en') {
    for (const [word, group] of words) if ((english.get(word) ?? 0) >= group) words.delete(word);
  }
  const packed = deflateRawSync(Buffer.from(packWords(words)), { level: 9 });
  process.stdout.write(`${language}: ${words.size} words, ${packed.length} bytes\n`);
  return { language, words: words.size, data: packed.toString('base64') };
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

/** Folded words with their class: half steps of Zipf. The list holds, after its header, words by centibels below certainty. */
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

/** A word as the engine sees it: folded, repeats collapsed; empty for what it would see as several words. */
function foldWord(word: string): string {
  const scratch = foldText(word);
  if (scratch.readWords(new Int32Array(scratch.startCount)) !== 1) return '';
  const symbols = [...scratch.symbols.subarray(0, scratch.length)];
  return String.fromCodePoint(...symbols.filter((symbol, index) => symbol !== symbols[index - 1]));
}

/** Per class a line: its number, then sorted words, each as how much it shares with the word before (a letter) and the rest. */
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
