/**
 * What the fold says about one symbol, as bits of one 32-bit integer. The low half tells what the symbol is and what folding
 * did to it; the high half tells what stood between it and the symbol before.
 */

/** A word may start here: something that is no letter or digit stands before it, or nothing at all. */
export const START = 1;
/** A part of a word starts here: `camelCase`, `name9`. */
export const HUMP = 1 << 1;
/** Written in upper case. */
export const UPPER = 1 << 2;
/** In this place it may stand for another letter ({@link alternativesOf}). */
export const AMBIGUOUS = 1 << 3;
/** Of a script without spaces between words. */
export const UNSPACED = 1 << 4;
/** A presentation form: full width, mathematical, superscript … */
export const COMPAT = 1 << 5;
/** A mark was stripped from it. */
export const DIACRITIC = 1 << 6;
/** It only looks like the letter it was folded to. */
export const CONFUSABLE = 1 << 7;
/** Punctuation or a sign that may stand for a letter; else it separates. */
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
/** The character it was read from may stand for other letters, where the word around it suggests that. */
export const HAS_ALTERNATIVES = 1 << 15;

/** Something invisible: zero width, soft hyphen, direction mark. */
export const AFTER_INVISIBLE = 1 << 16;
export const AFTER_SPACE = 1 << 17;
export const AFTER_LINE = 1 << 18;
/** `-`, `_`, `~` and their like, which also join words. */
export const AFTER_JOINER = 1 << 19;
/** `'`, `.`, `/`: joiners so common that they hide no letter. */
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
/** Written as an HTML entity or percent-encoded. */
export const ESCAPED = 1 << 25;
/** Its place in the original is written down; that of other symbols is the unit after the symbol before. */
export const PLACED = 1 << 27;
/** Among what stands before it is a star or a block: people hide letters with them, also at a word's end. */
export const AFTER_STAR = 1 << 28;

/** Between it and the symbol before stand signs and no space: they may hide letters. */
export const AFTER_MASK = 1 << 29;

/** A picture touches the letter before it, and a space follows: it may hide the last letter of a word. */
export const AFTER_LAST_PICTURE = 1 << 30;

/** What parts chunks: runs of words that may be one disguised word. */
export const BREAKS_CHUNK = AFTER_SPACE | AFTER_LINE | AFTER_NOTHING;
/** A chunk that has one of these and a letter may be in disguise. */
export const MAY_BE_DISGUISED = DIGIT | SOFT | FOREIGN;
/** Visible separators of every sort. */
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
/** Where these stand too, only stars hide something ({@link AFTER_STAR}). */
export const NO_MASK = AFTER_SPACE | AFTER_LINE | AFTER_NOTHING;
/** What stands before a symbol may hide letters. */
export const MAY_HIDE = AFTER_MASK | AFTER_STAR | AFTER_LAST_PICTURE;
/** What may be read in several ways. */
export const BRANCHES = AMBIGUOUS | SOFT;

/** What a character is, in the fold table. */
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
/** Folds to several symbols; the table's value is the index of their string. */
export const KIND_SEVERAL = 11;
/** A Hangul syllable, decomposed by arithmetic. */
export const KIND_HANGUL = 12;
/** The first half of a surrogate pair. */
export const KIND_LEAD = 13;
/** `&` or `%`: perhaps the start of an escape. */
export const KIND_ESCAPE = 14;
/** A sign that may stand for a letter. */
export const KIND_SOFT = 15;
/** `#` and `@`, which may stand for a letter too. */
export const KIND_TAG = 16;
export const KIND_STOP = 18;
/** A sign that ends a clause or may stand for a letter: `!`, `(`. */
export const KIND_SOFT_CLAUSE = 17;
/** How many kinds there are. */
export const KINDS = 19;
