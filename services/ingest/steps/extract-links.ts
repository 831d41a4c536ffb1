/** Links, and hashtags, taken from one text. */
const MOST = 100;
const LONGEST_LINK = 2000;
const LONGEST_TAG = 200;

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation that ends a sentence and is not part of an address. */
const TRAILING = new Set('.,;:!?)]}»”’…');
const TAG = /(?<![\p{L}\p{N}_&/#])[#＃]([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu;

/** Returns the links that the platform lists, then those in the text, each once. */
export function linksOf(listed: readonly string[], text: string): string[] {
  // Most texts hold none, which this tells in a quarter of the time.
  const matches = text.includes('://') ? text.matchAll(LINK) : [];
  return firstOnes(listed, matches, (match) => withoutTrailing(match[0]), LONGEST_LINK);
}

/** A loop, because a regular expression tied to the end would try every run of points in a text anew. */
function withoutTrailing(link: string): string {
  let end = link.length;
  while (TRAILING.has(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

/**
 * Returns the hashtags that the platform lists, then those in the text, each once and without its `#`. A number alone is no
 * hashtag.
 */
export function tagsOf(listed: readonly string[], text: string): string[] {
  const plain = listed.map((tag) => tag.trim().replace(/^[#＃]/, ''));
  const matches = text.includes('#') || text.includes('＃') ? text.matchAll(TAG) : [];
  return firstOnes(plain, matches, (match) => match[1] ?? '', LONGEST_TAG);
}

/** Bounds those of the text: nothing but links must still make a record that the log takes. The listed ones are kept, whatever they are. */
function firstOnes(
  listed: readonly string[],
  matches: Iterable<RegExpExecArray>,
  pick: (match: RegExpExecArray) => string,
  longest: number,
): string[] {
  const found = new Set(listed.filter((part) => part !== ''));
  for (const match of matches) {
    if (found.size >= MOST) break;
    const part = pick(match);
    if (part.length <= longest) found.add(part);
  }
  return [...found];
}
