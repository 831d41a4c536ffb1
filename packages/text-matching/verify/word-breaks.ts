/** The separators within a name's words: which words are spaced out letter by letter, and what breaks the others. */

/** Share of the places between letters that must be broken before a word counts as spaced out. */
const SPACED_SHARE = 0.6;
const FEWEST_BREAKS = 2;

/** Breaks in one word or in several. */
export interface Breaks {
  /** Places between letters, and how many of them are broken. */
  places: number;
  count: number;
  /** The kinds of separators (flags): between any letters, and where parts of a word meet (`camelCase`). */
  kinds: number;
  partKinds: number;
  /** The last separator in the original: start and end. */
  separatorFrom: number;
  separatorTo: number;
}

export function noBreaks(): Breaks {
  return { places: 0, count: 0, kinds: 0, partKinds: 0, separatorFrom: 0, separatorTo: 0 };
}

/** The breaks of a name, collected word by word. */
export interface NameBreaks {
  /** Some word is spaced out. */
  hasSpacedWord: boolean;
  /** The breaks of all words that are not spaced out. */
  readonly others: Breaks;
  /** The word that is being read, words of two letters with a break between them, and all words together. */
  readonly word: Breaks;
  readonly short: Breaks;
  readonly all: Breaks;
}

export function beginBreaks(): NameBreaks {
  return {
    hasSpacedWord: false,
    others: noBreaks(),
    word: noBreaks(),
    short: noBreaks(),
    all: noBreaks(),
  };
}

/** Ends the word that is being read. */
export function endWord(name: NameBreaks): void {
  const { word } = name;
  if (word.count > 0) {
    add(name.all, word);
    if (isSpacedOut(word)) name.hasSpacedWord = true;
    else add(word.count === word.places ? name.short : name.others, word);
  } else name.all.places += word.places;
  Object.assign(word, noBreaks());
}

/** Ends the name. Each word may be disguised on its own; two letters alone are spaced out only beside a longer word that is. */
export function endName(name: NameBreaks): void {
  endWord(name);
  if (isSpacedOut(name.all)) {
    name.hasSpacedWord = true;
    Object.assign(name.others, noBreaks());
  } else if (!name.hasSpacedWord) add(name.others, name.short);
}

function isSpacedOut({ places, count }: Breaks): boolean {
  return count >= FEWEST_BREAKS && count >= SPACED_SHARE * places;
}

function add(sum: Breaks, more: Breaks): void {
  sum.places += more.places;
  sum.count += more.count;
  sum.kinds |= more.kinds;
  sum.partKinds |= more.partKinds;
  if (more.separatorTo > 0) {
    sum.separatorFrom = more.separatorFrom;
    sum.separatorTo = more.separatorTo;
  }
}
