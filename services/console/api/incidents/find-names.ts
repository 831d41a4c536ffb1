/** Finds names in a text whatever their case, accents, fancy or look-alike letters, spaces and signs, by the engine's own folding. */
import { groupBy } from '@leakwatch/runtime';
import { readLetters, type ReadLetter } from '@leakwatch/text-matching';
import { hideSpans } from './hide-spans.ts';

type Span = [from: number, to: number];

const LETTER = /[\p{L}\p{N}]/u;
/** Letters of scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A name of as many letters is hidden within a longer word, too. */
const LONG_NAME = 5;

/** The letters and digits alone of some names, each once. */
export function lettersOfNames(names: Iterable<string>): string[] {
  const letters = [...names].map((name) => withoutSigns(readLetters(name)).map(({ letter }) => letter));
  return [...new Set(letters.map((one) => one.join('')))].filter((one) => one !== '');
}

/**
 * The places of names, in order and apart.
 *
 * @param names - as {@link lettersOfNames} gives them
 * @param within - true: a long name counts within a longer word, too
 */
export function findNames(text: string, names: readonly string[], { within }: { within: boolean }): Span[] {
  const spans = readingsOf(text)
    .flatMap((letters) => findIn(letters, namesByFirst(names)))
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

/** Names as letters, by the first of them. */
type NamesByFirst = ReadonlyMap<string, readonly (readonly string[])[]>;

/** A campaign has up to thousands of names, and an incident asks for the same ones at each of its texts. */
const keptByFirst = new WeakMap<readonly string[], NamesByFirst>();

function namesByFirst(names: readonly string[]): NamesByFirst {
  const before = keptByFirst.get(names);
  if (before !== undefined) return before;
  const grouped = groupBy(
    names.map((name) => Array.from(name)),
    ([first = '']) => first,
  );
  keptByFirst.set(names, grouped);
  return grouped;
}

interface FoundName {
  readonly span: Span;
  /** In letters. */
  readonly length: number;
}

function findIn(letters: readonly ReadLetter[], names: NamesByFirst): FoundName[] {
  return letters.flatMap(({ letter, others, from }, at) =>
    [letter, ...others]
      .flatMap((first) => names.get(first) ?? [])
      .filter((name) => name.every((one, index) => mayBe(letters[at + index], one)))
      .map(({ length }) => ({ span: [from, letters[at + length - 1]?.to ?? from], length })),
  );
}

function mayBe(read: ReadLetter | undefined, letter: string): boolean {
  return read !== undefined && (read.letter === letter || read.others.includes(letter));
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
