/**
 * Skips HTML tags and comments in a text that still holds them. A tag with text of its own, such as a caption in an attribute, is
 * still read.
 */

/** Elements within a line, and elements that begin a new one. */
const INLINE =
  'a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|wbr';
const BLOCK = 'blockquote|br|div|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|tr|ul';
const ATTRIBUTES = String.raw`(?:\s+(?:class|dir|id|lang|rel|style|target|translate|data-[a-z-]+)=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*`;
const TAG = new RegExp(`^</?(?:(${INLINE})|${BLOCK})${ATTRIBUTES}\\s*/?>|^<!--[^<>]*-->`, 'i');
/** The longest tag to skip, in UTF-16 units. */
const LONGEST_TAG = 400;
const COMMENT = '<!--';

/**
 * Reads a tag or a comment that begins at `<`. Looks at most 400 units ahead.
 *
 * @returns its length in UTF-16 units, negated for a tag that begins a line ({@link tagLength}); 0 if none begins
 */
export function readTag(text: string, at: number): number {
  const next = text.charCodeAt(at + 1) | 32;
  const mayBeTag = (next >= 97 && next <= 122) || next === 47 || next === 33;
  if (!mayBeTag) return 0;
  const ahead = text.slice(at, at + LONGEST_TAG);
  const close = ahead.indexOf('>');
  if (close < 0) return 0;
  const found = TAG.exec(ahead);
  if (found === null) return 0;
  const [whole, inline] = found;
  return inline !== undefined || whole.startsWith(COMMENT) ? whole.length : -whole.length;
}

export function isInlineTag(found: number): boolean {
  return found > 0;
}

export function tagLength(found: number): number {
  return Math.abs(found);
}
