/** The double quotes that keyboards and word processors write. */

/** Opening quotes, each with those that close it. */
const QUOTES: Readonly<Record<string, readonly string[]>> = {
  '"': ['"'],
  '“': ['”'],
  '”': ['”'],
  '‟': ['”'],
  '„': ['“', '”'],
  '«': ['»'],
  '»': ['«', '»'],
  '‹': ['›'],
  '›': ['‹', '›'],
  '「': ['」'],
  '『': ['』'],
  '＂': ['＂'],
};
/** A quote that stands within others may be one that closes them, or opens the next. */
export const ANY_QUOTE = /["“”‟„«»‹›「」『』＂]/u;

/** Returns the signs that close a quote; undefined for a sign that opens none. */
export function closingQuotes(sign: string): readonly string[] | undefined {
  return Object.hasOwn(QUOTES, sign) ? QUOTES[sign] : undefined;
}
