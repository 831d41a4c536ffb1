/** A text of nothing but links must not make a record that no log takes. */
const MOST = 100;

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}»”’…]+$/u;
const TAG = /(?<![\p{L}\p{N}_&/#])[##]([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu;

/** Web addresses in a text, in order, each once. */
export function extractLinks(text: string): string[] {
  return firstOnes(text.matchAll(LINK), (match) => match[0].replace(TRAILING, ''));
}

/** Hashtags in a text, without their `#`, in order, each once; a number alone is none. */
export function extractTags(text: string): string[] {
  return firstOnes(text.matchAll(TAG), (match) => match[1] ?? '');
}

function firstOnes(matches: Iterable<RegExpExecArray>, pick: (match: RegExpExecArray) => string): string[] {
  const found = new Set<string>();
  for (const match of matches) {
    if (found.size === MOST) break;
    found.add(pick(match));
  }
  return [...found];
}
