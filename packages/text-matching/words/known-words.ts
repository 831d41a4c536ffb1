/**
 * The ordinary words of many languages and how often they occur. An ordinary word is nobody's typo: that one rule keeps most of the false
 * hits away, and it says which names are ordinary words themselves.
 */
import { inflateRawSync } from 'node:zlib';
import table from '../tables/known-words.json' with { type: 'json' };
import { HASH_START, finishHash, hashSymbol } from './word-hash.ts';

interface WordTable {
  /** Hashes by open addressing; 0 is free. */
  readonly hashes: Int32Array;
  /** How often: half steps on the Zipf scale, at the language where it is most frequent. */
  readonly classes: Uint8Array;
  /** In which languages: a bit each, in the order of the table. */
  readonly languages: Uint16Array;
  /** The most frequent words again, in a table that stays in the cache: hashes, and their slots in the large one. */
  readonly frequentHashes: Int32Array;
  readonly frequentSlots: Int32Array;
}

const SPACE = 32;
/** The letter that says so. */
const NOTHING_SHARED = 65;
const FREQUENT_SIZE = 1 << 14;
/** Zipf 4 and above, at two steps each. */
const FREQUENT_CLASS = 8;
const LONGEST_WORD = 256;

let loaded: WordTable | undefined;

/** Reads the table, once. */
export function loadKnownWords(): WordTable {
  loaded ??= unpack();
  return loaded;
}

/** Where the table holds a word, from its hash; -1 for a word that is in no list. */
export function slotOf(words: WordTable, hash: number): number {
  const { hashes, frequentHashes } = words;
  const near = hash & (FREQUENT_SIZE - 1);
  if (frequentHashes[near] === hash) return words.frequentSlots[near]!;
  const mask = hashes.length - 1;
  for (let slot = hash & mask; hashes[slot] !== 0; slot = (slot + 1) & mask) {
    if (hashes[slot] === hash) return slot;
  }
  return -1;
}

/** How often the word at a slot occurs: log10 of its occurrences in a billion words (the Zipf scale). */
export function zipfAt(words: WordTable, slot: number): number {
  return words.classes[slot]! / table.stepsPerZipf;
}

/** How many languages the table holds, and the bit of English among them. */
export const LANGUAGE_COUNT = table.languages.length;
export const ENGLISH_BIT = 1 << table.languages.findIndex((language) => language.language === 'en');

function unpack(): WordTable {
  const total = table.languages.reduce((sum, language) => sum + language.words, 0);
  let size = 1;
  while (size < 2 * total) size *= 2;
  const words = {
    hashes: new Int32Array(size),
    classes: new Uint8Array(size),
    languages: new Uint16Array(size),
    frequentHashes: new Int32Array(FREQUENT_SIZE),
    frequentSlots: new Int32Array(FREQUENT_SIZE),
  };
  for (const [index, language] of table.languages.entries()) {
    const text = inflateRawSync(Buffer.from(language.data, 'base64')).toString('utf8');
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      addLine(words, line, tab + 1, Number(line.slice(0, tab)), 1 << index);
    }
  }
  collectFrequent(words);
  return words;
}

/** Where two words meet in the small table, the more frequent one stays. */
function collectFrequent(words: WordTable): void {
  const { hashes, classes, frequentHashes, frequentSlots } = words;
  for (let slot = 0; slot < hashes.length; slot++) {
    if (classes[slot]! < FREQUENT_CLASS) continue;
    const near = hashes[slot]! & (FREQUENT_SIZE - 1);
    if (frequentHashes[near] !== 0 && classes[frequentSlots[near]!]! >= classes[slot]!) continue;
    frequentHashes[near] = hashes[slot]!;
    frequentSlots[near] = slot;
  }
}

/**
 * Words of one class: each as a letter that says how much it shares with the word before (`A` is nothing), and the rest. The hash after
 * every letter of the last word is kept, so that what is shared isn't hashed again.
 */
function addLine(words: WordTable, line: string, from: number, group: number, language: number): void {
  const hashes = new Int32Array(LONGEST_WORD);
  hashes[0] = HASH_START;
  let length = 0;
  for (let at = from; at <= line.length; at++) {
    const unit = at < line.length ? line.charCodeAt(at) : SPACE;
    if (unit === SPACE) {
      add(words, finishHash(hashes[length]!), group, language);
      at++;
      length = line.charCodeAt(at) - NOTHING_SHARED;
    } else if (at === from) {
      length = unit - NOTHING_SHARED;
    } else {
      hashes[length + 1] = hashSymbol(hashes[length]!, unit);
      length++;
    }
  }
}

function add(words: WordTable, hash: number, group: number, language: number): void {
  const { hashes, classes, languages } = words;
  const mask = hashes.length - 1;
  let slot = hash & mask;
  while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
  hashes[slot] = hash;
  languages[slot]! |= language;
  if (group > classes[slot]!) classes[slot] = group;
}

export type { WordTable };
