/** Decodes characters written as HTML entities (`&eacute;`, `&#x41;`), percent-encoded (`%C3%A9`) or with a backslash (`\\u00e9`). */

/** Named entities: the signs of markup, and the Latin-1 letters as HTML 4 names them. */
const NAMED = new Map<string, number>([
  ['amp', 38],
  ['lt', 60],
  ['gt', 62],
  ['quot', 34],
  ['apos', 39],
  ['nbsp', 160],
  ['shy', 173],
  ['zwj', 0x200d],
  ['zwnj', 0x200c],
  ['ZeroWidthSpace', 0x200b],
  ['NoBreak', 0x2060],
  ['ic', 0x2063],
  ['lrm', 0x200e],
  ['rlm', 0x200f],
  ['period', 46],
  ['hyphen', 0x2010],
  ['lowbar', 95],
  ['ast', 42],
  ['num', 35],
  ['excl', 33],
  ['dollar', 36],
  ['commat', 64],
  ['hellip', 0x2026],
  ['ndash', 0x2013],
  ['mdash', 0x2014],
  ['lsquo', 0x2018],
  ['rsquo', 0x2019],
  ['ldquo', 0x201c],
  ['rdquo', 0x201d],
  ['bull', 0x2022],
  ['trade', 0x2122],
  ['oelig', 0x153],
  ['OElig', 0x152],
  ['scaron', 0x161],
  ['Scaron', 0x160],
  ...latinOne(),
]);

/** `&Agrave;` to `&yuml;`, in the order of their code points from U+00C0. */
function latinOne(): [string, number][] {
  const upper =
    'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig';
  const lower =
    'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
  return `${upper} ${lower}`.split(' ').map((name, index) => [name, 0xc0 + index]);
}

/** The longest escape, in UTF-16 units, including an escape within an escape (`%2565`, `&amp;#101;`). */
const LONGEST_ESCAPE = 31;
const LENGTH_BITS = 5;
const AMPERSAND = 38;
const PERCENT = 37;
const BACKSLASH = 92;

/** The code point in an answer of {@link readEscape}. */
export function escapedPoint(found: number): number {
  return found >>> LENGTH_BITS;
}

/** The length in UTF-16 units in an answer of {@link readEscape}. */
export function escapeLength(found: number): number {
  return found & ((1 << LENGTH_BITS) - 1);
}

function escapeOf(point: number, length: number): number {
  const isCharacter = point >= 0 && point <= 0x10ffff && (point < 0xd800 || point >= 0xe000);
  return isCharacter && length <= LONGEST_ESCAPE ? (point << LENGTH_BITS) | length : -1;
}

/** Reads an escape at `&`, `%` or `\`. Returns code point and length in one number, or -1. Looks at most 31 units ahead. */
export function readEscape(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case AMPERSAND:
      return readEntity(text, at);
    case PERCENT:
      return readPercent(text, at);
    case BACKSLASH:
      return readBackslash(text, at);
    default:
      return -1;
  }
}

const ENTITY = /^&(?:amp;?)*(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))(;?)|([A-Za-z]{2,14});)/;

function readEntity(text: string, at: number): number {
  const found = ENTITY.exec(text.slice(at, at + LONGEST_ESCAPE));
  if (found === null) return readBareAmpersand(text, at);
  const [whole, hex, decimal, semicolon, name] = found;
  if (name !== undefined) return escapeOf(NAMED.get(name) ?? -1, whole.length);
  const point = hex === undefined ? parseInt(decimal ?? '', 10) : parseInt(hex, 16);
  // Without a semicolon, a numeric entity must be a letter or a sign.
  return semicolon === '' && point < 0x20 ? -1 : escapeOf(point, whole.length);
}

/** `&amp` without its semicolon, as old pages write it. */
function readBareAmpersand(text: string, at: number): number {
  return text.startsWith('&amp', at) && !/[a-z]/i.test(text.charAt(at + 4)) ? escapeOf(AMPERSAND, 4) : -1;
}

const BACKSLASHED = /^\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2}))/;

/** An escape of JavaScript, Python or JSON: `\u0062`, `\u{62}`, `\x62`. */
function readBackslash(text: string, at: number): number {
  const found = BACKSLASHED.exec(text.slice(at, at + LONGEST_ESCAPE));
  return found === null
    ? -1
    : escapeOf(parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16), found[0].length);
}

/** The most times a percent sign may be escaped. */
const DEEPEST = 8;

/** Reads `%C3%A9`, and `%25C3%25A9` or deeper, where the percent sign itself is escaped. */
function readPercent(text: string, at: number): number {
  let depth = 0;
  while (depth < DEEPEST && text.startsWith('25', at + 1 + 2 * depth)) depth++;
  for (; depth > 0; depth--) {
    const found = readPercentAt(text, at, 2 * depth);
    if (found >= 0) return found;
  }
  return readPercentAt(text, at, 0);
}

/** @param more - the units between each percent sign and its digits */
function readPercentAt(text: string, at: number, more: number): number {
  const first = hexByte(text, at, more);
  const step = 3 + more;
  if (first < 0x20) return -1;
  if (first < 0x80) return escapeOf(first, step);
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (size === 0 || first > 0xf4) return -1;
  let point = first & (0x7f >> size);
  for (let index = 1; index < size; index++) {
    const byte = hexByte(text, at + step * index, more);
    if (byte < 0x80 || byte > 0xbf) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  return escapeOf(point, step * size);
}

function hexByte(text: string, at: number, more: number): number {
  if (text.charCodeAt(at) !== PERCENT) return -1;
  const high = hexDigit(text.charCodeAt(at + more + 1));
  const low = hexDigit(text.charCodeAt(at + more + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
