/** Finds names in a text whatever their case, accents, fancy or look-alike letters, spaces and signs, by the engine's own folding. */
import { groupBy } from '@leakwatch/runtime';
import { readLetters, type ReadLetter } from '@leakwatch/text-matching';
import { hideSpans } from './hide-spans.ts';

type Span = [from: number, to: number];

const NONE: readonly never[] = [];
const LETTER = /[\p{L}\p{N}]/u;
/** Letters of scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A name of as many letters is hidden within a longer word, too. */
const LONG_NAME = 5;

/** A page of the queue asks for the same few names at each of its rows. */
const keptLetters = new Map<string, readonly string[]>();
const MOST_KEPT = 1000;
/** Longer lists are kept by those who make them. */
const LONGEST_KEPT = 8;

/** The letters and digits alone of some names, each once. */
export function lettersOfNames(names: readonly string[]): readonly string[] {
  if (names.length > LONGEST_KEPT) return readNames(names);
  const key = JSON.stringify(names);
  const before = keptLetters.get(key);
  if (before !== undefined) return before;
  const letters = readNames(names);
  if (keptLetters.size >= MOST_KEPT) keptLetters.clear();
  keptLetters.set(key, letters);
  return letters;
}

function readNames(names: readonly string[]): readonly string[] {
  const letters = names.map((name) => withoutSigns(readLetters(name)).map(({ letter }) => letter));
  return [...new Set(letters.map((one) => one.join('')))].filter((one) => one !== '');
}

/**
 * The places of names, in order and apart.
 *
 * @param names - as {@link lettersOfNames} gives them
 * @param within - true: a long name counts within a longer word, too
 */
export function findNames(text: string, names: readonly string[], { within }: { within: boolean }): Span[] {
  const beginnings = beginningsOf(names);
  const spans = readingsOf(text)
    .flatMap((letters) => findIn(letters, beginnings))
    .filter(({ span, length }) => (within && length >= LONG_NAME) || standsAlone(text, span))
    .map(({ span }) => span);
  return mergeSpans(spans);
}

/** A text read in each way that may show a name. */
function readingsOf(text: string): (readonly ReadLetter[])[] {
  // The engine passes over what stands in a tag of HTML; people read it.
  const asRead = text.includes('<') ? [text, text.replaceAll('<', ' ')] : [text];
  return asRead.flatMap((one) => {
    const letters = readLetters(one);
    const plain = withoutSigns(letters);
    // `K!ndling` has a sign for a letter, and `Kind!ling` one between letters.
    return plain.length === letters.length ? [letters] : [plain, letters];
  });
}

/** A text with all names hidden. */
export function hideNames(text: string, names: readonly string[]): string {
  const spans = findNames(text, names, { within: true });
  return spans.length === 0 ? text : hideSpans(text, spans).text;
}

/** Joins spans that overlap. */
export function mergeSpans(spans: readonly (readonly [number, number])[]): Span[] {
  const merged: Span[] = [];
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from < last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function withoutSigns(letters: readonly ReadLetter[]): readonly ReadLetter[] {
  return letters.some(({ isSign }) => isSign) ? letters.filter(({ isSign }) => !isSign) : letters;
}

type Letters = readonly string[];

/** Names as letters, found by what they begin with. */
interface Beginnings {
  readonly byFirst: ReadonlyMap<string, readonly Letters[]>;
  /** By the letters that a character may stand for: worked out once for each character. */
  readonly byOthers: Map<Letters, readonly Letters[]>;
}

/** A campaign has up to thousands of names, and an incident asks for the same ones at each of its texts. */
const keptBeginnings = new WeakMap<readonly string[], Beginnings>();

function beginningsOf(names: readonly string[]): Beginnings {
  const before = keptBeginnings.get(names);
  if (before !== undefined) return before;
  const byFirst = groupBy(
    names.map((name) => Array.from(name)),
    ([first = '']) => first,
  );
  const beginnings: Beginnings = { byFirst, byOthers: new Map() };
  keptBeginnings.set(names, beginnings);
  return beginnings;
}

function namesAmongOthers({ byFirst, byOthers }: Beginnings, others: Letters): readonly Letters[] {
  const before = byOthers.get(others);
  if (before !== undefined) return before;
  const names = others.flatMap((other) => byFirst.get(other) ?? []);
  byOthers.set(others, names);
  return names;
}

interface FoundName {
  readonly span: Span;
  /** In letters. */
  readonly length: number;
}

/** A page of the queue asks for each letter of its excerpts, and each may stand for ten others. */
function findIn(letters: readonly ReadLetter[], names: Beginnings): FoundName[] {
  return letters.flatMap((read, at): FoundName[] => {
    const asRead = names.byFirst.get(read.letter) ?? NONE;
    const asOthers = read.others.length === 0 ? NONE : namesAmongOthers(names, read.others);
    if (asRead.length === 0 && asOthers.length === 0) return [];
    return [...asRead, ...asOthers]
      .filter((name) => startsAt(letters, at, name))
      .map(({ length }) => ({ span: [read.from, letters[at + length - 1]?.to ?? read.to], length }));
  });
}

function startsAt(letters: readonly ReadLetter[], at: number, name: readonly string[]): boolean {
  for (const [index, letter] of name.entries()) {
    const read = letters[at + index];
    if (read === undefined || (read.letter !== letter && !read.others.includes(letter))) return false;
  }
  return true;
}

function standsAlone(text: string, [from, to]: Span): boolean {
  const isEdge = (inner: string | undefined, outer: string | undefined) =>
    outer === undefined || !LETTER.test(outer) || UNSPACED.test(outer) || UNSPACED.test(inner ?? '');
  return (
    isEdge(
      Array.from(text.slice(from, from + 2))[0],
      Array.from(text.slice(Math.max(0, from - 2), from)).at(-1),
    ) &&
    isEdge(Array.from(text.slice(Math.max(from, to - 2), to)).at(-1), Array.from(text.slice(to, to + 2))[0])
  );
}
