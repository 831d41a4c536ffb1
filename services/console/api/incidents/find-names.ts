/** Finds names in a text whatever their case, accents, fancy letters, spaces and signs. Look-alike letters are the matcher's work. */
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
  return [...new Set([...names].map((name) => lettersOf(name).letters))].filter((letters) => letters !== '');
}

/**
 * The places of names, in order and apart.
 *
 * @param names - as {@link lettersOfNames} gives them
 * @param within - true: a long name counts within a longer word, too
 */
export function findNames(text: string, names: readonly string[], { within }: { within: boolean }): Span[] {
  const { letters, from, to } = lettersOf(text);
  const spans: Span[] = [];
  for (const name of names) {
    for (let at = letters.indexOf(name); at >= 0; at = letters.indexOf(name, at + 1)) {
      const span: Span = [from[at] ?? 0, to[at + name.length - 1] ?? text.length];
      if ((within && name.length >= LONG_NAME) || standsAlone(text, span)) spans.push(span);
    }
  }
  return mergeSpans(spans);
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

/** The letters and digits of a text in their plain form, and where the character of each stands. */
function lettersOf(text: string): { letters: string; from: number[]; to: number[] } {
  let letters = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const one of character.normalize('NFKD').toLowerCase()) {
      if (!LETTER.test(one)) continue;
      letters += one;
      for (let unit = 0; unit < one.length; unit += 1) {
        from.push(at);
        to.push(at + character.length);
      }
    }
    at += character.length;
  }
  return { letters, from, to };
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
