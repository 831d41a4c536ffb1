/**
 * Flags of one symbol, as bits of a 32-bit integer. The low half describes the symbol and its folding, the high half the gap between
 * it and the symbol before.
 */

/** A word may start here: no letter or digit stands directly before it. */
export const START = 1;
/** A part of a word starts here: `camelCase`, `name9`. */
export const HUMP = 1 << 1;
/** Upper case. */
export const UPPER = 1 << 2;
/** In this position it may stand for another letter ({@link alternativesOf}). */
export const AMBIGUOUS = 1 << 3;
/** A letter of a script without spaces between words. */
export const UNSPACED = 1 << 4;
/** A presentation form: full width, mathematical, superscript … */
export const COMPAT = 1 << 5;
/** Had a mark that was stripped. */
export const DIACRITIC = 1 << 6;
/** A look-alike of the letter it was folded to. */
export const CONFUSABLE = 1 << 7;
/** Punctuation or a sign that may stand for a letter; otherwise it separates. */
export const SOFT = 1 << 8;
/** Comes from the same character as the symbol before. */
export const CONTINUED = 1 << 9;
/** A letter drawn as an emoji: in a box, a circle, as half of a flag. */
export const PICTURE = 1 << 10;
export const DIGIT = 1 << 11;
/** A Latin letter. */
export const LATIN = 1 << 12;
/** A letter of another script that looks like a Latin one. */
export const FOREIGN = 1 << 13;
/** A letter upside down. */
export const TURNED = 1 << 14;
/** The original character may stand for other letters if the word around it suggests so. */
export const HAS_ALTERNATIVES = 1 << 15;

/** Something invisible: zero width, soft hyphen, direction mark. */
export const AFTER_INVISIBLE = 1 << 16;
export const AFTER_SPACE = 1 << 17;
export const AFTER_LINE = 1 << 18;
export const SPACES = AFTER_SPACE | AFTER_LINE;
/** `-`, `_`, `~` and similar signs, which also join words. */
export const AFTER_JOINER = 1 << 19;
/** `'` and `.`: joiners so common that they hide no letter. */
export const AFTER_STOP = 1 << 26;
/** `,`, `;`, `:`, `!`, `?` …, which end a clause. */
export const AFTER_CLAUSE = 1 << 20;
/** An emoji or another picture. */
export const AFTER_PICTURE = 1 << 21;
/** Any other punctuation or sign. */
export const AFTER_SIGN = 1 << 22;
/** The text begins here. */
export const AFTER_NOTHING = 1 << 23;
/** The word is a hashtag (`#`) or a handle (`@`). */
export const AFTER_TAG = 1 << 24;
/** Written as an escape, such as an HTML entity. */
export const ESCAPED = 1 << 25;
/** Has a stored offset. Any other symbol is one unit, directly after the symbol before. */
export const PLACED = 1 << 27;
/** A star or a block stands in the gap before it. These hide letters, also at a word's end. */
export const AFTER_STAR = 1 << 28;

/** The gap before it holds signs and no space, so they may hide letters. */
export const AFTER_MASK = 1 << 29;

/** In the gap, a picture touches the last letter and a space follows. The picture may hide the last letter of a word. */
export const AFTER_LAST_PICTURE = 1 << 30;

/** Separators that end a chunk. A chunk may be one disguised word. */
export const BREAKS_CHUNK = SPACES | AFTER_NOTHING;
/** A chunk with one of these and a letter may be disguised. */
export const MAY_BE_DISGUISED = DIGIT | SOFT | FOREIGN;
/** All visible separators. */
export const AFTER_ANY =
  AFTER_SPACE |
  AFTER_LINE |
  AFTER_JOINER |
  AFTER_STOP |
  AFTER_CLAUSE |
  AFTER_PICTURE |
  AFTER_SIGN |
  AFTER_NOTHING |
  AFTER_TAG;
/** Signs between letters that may hide some. */
export const MASKS = AFTER_JOINER | AFTER_CLAUSE | AFTER_PICTURE | AFTER_SIGN | AFTER_TAG;
/** In a gap with one of these, only stars hide letters ({@link AFTER_STAR}). */
export const NO_MASK = SPACES | AFTER_NOTHING;
/** The gap before the symbol may hide letters. */
export const MAY_HIDE = AFTER_MASK | AFTER_STAR | AFTER_LAST_PICTURE;
/** Symbols with several readings. */
export const BRANCHES = AMBIGUOUS | SOFT;

/** Kinds of characters in the fold table. */
export const KIND_SIGN = 0;
export const KIND_LETTER = 1;
export const KIND_DIGIT = 2;
/** A mark that is part of its letter (Thai, Devanagari …): a symbol, but no word starts with it. */
export const KIND_MARK = 3;
export const KIND_SPACE = 4;
export const KIND_LINE = 5;
export const KIND_JOINER = 6;
export const KIND_CLAUSE = 7;
export const KIND_PICTURE = 8;
export const KIND_INVISIBLE = 9;
/** A mark that is dropped. */
export const KIND_STRIPPED = 10;
/** Folds to several symbols. The table holds the index of their list. */
export const KIND_SEVERAL = 11;
/** A Hangul syllable, decomposed by arithmetic. */
export const KIND_HANGUL = 12;
/** The first half of a surrogate pair. */
export const KIND_LEAD = 13;
/** A sign that may start an escape, such as `&` or `%`. */
export const KIND_ESCAPE = 14;
/** A sign that may stand for a letter. */
export const KIND_SOFT = 15;
/** `#` and `@`, which may also stand for a letter. */
export const KIND_TAG = 16;
export const KIND_STOP = 18;
/** A sign that ends a clause or may stand for a letter: `!`, `(`. */
export const KIND_SOFT_CLAUSE = 17;
/** The number of kinds. */
export const KINDS = 19;
