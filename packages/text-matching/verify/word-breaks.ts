/** Counts the separators within a name's words, to tell words spaced out letter by letter from words with a single break. */

/** The share of places between letters that must hold a separator before a word counts as spaced out. */
const SPACED_SHARE = 0.6;
const FEWEST_BREAKS = 2;

/** Breaks in one word or in several. */
export interface Breaks {
  /** Places between letters, and how many of them hold a separator. */
  places: number;
  count: number;
  /** The kinds of separators (flags): between any letters, and where parts of a word meet (`camelCase`). */
  kinds: number;
  partKinds: number;
  /** Start and end of the last separator in the original. */
  separatorFrom: number;
  separatorTo: number;
}

function noBreaks(): Breaks {
  return { places: 0, count: 0, kinds: 0, partKinds: 0, separatorFrom: 0, separatorTo: 0 };
}

/** The breaks of a name, collected word by word. */
export interface NameBreaks {
  /** True if some word is spaced out. */
  hasSpacedWord: boolean;
  /** The breaks of all words that are not spaced out, added up. */
  readonly others: Breaks;
  /** The breaks of the current word, of two-letter words with a break in the middle, and of all words together. */
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

/** Ends the current word. */
export function endWord(name: NameBreaks): void {
  const { word } = name;
  if (word.count > 0) {
    add(name.all, word);
    if (isSpacedOut(word)) name.hasSpacedWord = true;
    else add(word.count === word.places ? name.short : name.others, word);
  } else name.all.places += word.places;
  Object.assign(word, noBreaks());
}

/** Ends the name. Each word may be disguised on its own, but two letters count as spaced out only beside a longer spaced word. */
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
