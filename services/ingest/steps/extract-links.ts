/** A text of nothing but links must not make a record that no log takes. */
const MOST = 100;
const LONGEST_LINK = 2000;
const LONGEST_TAG = 200;

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = new Set('.,;:!?)]}»”’…');
const TAG = /(?<![\p{L}\p{N}_&/#])[##]([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu;

/** Web addresses in a text, in order, each once. */
export function extractLinks(text: string): string[] {
  return firstOnes(text.matchAll(LINK), (match) => withoutTrailing(match[0]), LONGEST_LINK);
}

/** By hand: a regular expression that is tied to the end tries every run of points in a text anew. */
function withoutTrailing(link: string): string {
  let end = link.length;
  while (TRAILING.has(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

/** Hashtags in a text, without their `#`, in order, each once; a number alone is none. */
export function extractTags(text: string): string[] {
  return firstOnes(text.matchAll(TAG), (match) => match[1] ?? '', LONGEST_TAG);
}

function firstOnes(
  matches: Iterable<RegExpExecArray>,
  pick: (match: RegExpExecArray) => string,
  longest: number,
): string[] {
  const found = new Set<string>();
  for (const match of matches) {
    if (found.size === MOST) break;
    const part = pick(match);
    if (part.length <= longest) found.add(part);
  }
  return [...found];
}
