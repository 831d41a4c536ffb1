/** Characters written as HTML entities (`&eacute;`, `&#x41;`) or percent-encoded (`%C3%A9`). */

/** Named entities that posts hold: the signs of markup, and the letters of Latin-1 as HTML 4 names them. */
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

const LONGEST_ENTITY = 12;
const LENGTH_BITS = 5;

/** The code point of what {@link readEscape} found. */
export function escapedPoint(found: number): number {
  return found >>> LENGTH_BITS;
}

/** How many UTF-16 units it takes. */
export function escapeLength(found: number): number {
  return found & ((1 << LENGTH_BITS) - 1);
}

/** Reads an escape that may start at `&` or `%`: code point and length in one number, or -1. Looks at most 12 units ahead. */
export function readEscape(text: string, at: number): number {
  return text.charCodeAt(at) === 38 ? readEntity(text, at) : readPercent(text, at);
}

function readEntity(text: string, at: number): number {
  const end = text.slice(at, at + LONGEST_ENTITY).indexOf(';');
  if (end < 3) return readBareAmpersand(text, at);
  const name = text.slice(at + 1, at + end);
  const numeric = /^#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  const point =
    numeric === null
      ? (NAMED.get(name) ?? -1)
      : parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] === undefined ? 10 : 16);
  if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return -1;
  return (point << LENGTH_BITS) | (end + 1);
}

/** `&amp` without its semicolon, as old pages write it. */
function readBareAmpersand(text: string, at: number): number {
  return text.startsWith('&amp', at) && !/[a-z]/i.test(text.charAt(at + 4)) ? (38 << LENGTH_BITS) | 4 : -1;
}

function readPercent(text: string, at: number): number {
  const first = hexByte(text, at);
  if (first < 0x20) return -1;
  if (first < 0x80) return (first << LENGTH_BITS) | 3;
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (size === 0 || first > 0xf4) return -1;
  let point = first & (0x7f >> size);
  for (let index = 1; index < size; index++) {
    const byte = hexByte(text, at + 3 * index);
    if (byte < 0x80 || byte > 0xbf) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return -1;
  return (point << LENGTH_BITS) | (3 * size);
}

function hexByte(text: string, at: number): number {
  if (text.charCodeAt(at) !== 37) return -1;
  const high = hexDigit(text.charCodeAt(at + 1));
  const low = hexDigit(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
