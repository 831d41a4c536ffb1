/** Ordinary words from clean posts: what many people write and no list of a language has is no typo of a name either. */
import { loadKnownWords, slotOf } from '../words/known-words.ts';
import { hashOfWord, wordsOfNames } from './ordinary-words.ts';

export interface LearningLimits {
  /** So many posts must have a word, */
  readonly leastPosts: number;
  /** and so many authors: nobody teaches a word alone. */
  readonly leastAuthors: number;
  /** How many words are remembered at most; past that, the rarest are forgotten. */
  readonly mostRemembered: number;
}

export interface WordLearner {
  /** @param author - who wrote it; what has no author counts as one author's */
  read(text: string, author: string): void;
  /** What has been learned, in the order of the alphabet: lower case, NFKC. */
  words(): string[];
}

interface Seen {
  readonly word: string;
  posts: number;
  /** No more of them than must be. */
  readonly authors: Set<string>;
}

const SHORTEST = 3;
const LONGEST = 40;
/** Addresses, handles and hashtags are names, and what stands at a digit is a number or a code. */
const NO_WORDS = /(?:https?:\/\/|www\.)\S+|[@#＠＃]\S+|\S*\p{N}\S*/gu;
const WORD = /\p{L}[\p{L}\p{M}]*/gu;

/**
 * A learner that has read nothing yet. It is given only posts in which nothing was found. Words that the table has, and words of
 * the names, are not learned.
 *
 * @param names - texts of the names that are watched
 */
export function createWordLearner(names: Iterable<string>, limits: LearningLimits): WordLearner {
  const known = loadKnownWords();
  const ofNames = wordsOfNames(names);
  const seen = new Map<number, Seen>();

  function note(hash: number, word: string, author: string): void {
    const one = seen.get(hash) ?? { word, posts: 0, authors: new Set() };
    one.posts += 1;
    if (one.authors.size < limits.leastAuthors) one.authors.add(author);
    seen.set(hash, one);
    if (seen.size > limits.mostRemembered) forgetRarest(seen);
  }

  return {
    read(text, author) {
      const inPost = new Map<number, string>();
      const plain = text.normalize('NFKC').toLowerCase().replace(NO_WORDS, ' ');
      for (const [word] of plain.matchAll(WORD)) {
        if (word.length < SHORTEST || word.length > LONGEST) continue;
        const hash = hashOfWord(word);
        if (hash === undefined || slotOf(known, hash) >= 0 || ofNames.has(hash)) continue;
        if (!inPost.has(hash)) inPost.set(hash, word);
      }
      for (const [hash, word] of inPost) note(hash, word, author);
    },
    words: () =>
      [...seen.values()]
        .filter(({ posts, authors }) => posts >= limits.leastPosts && authors.size >= limits.leastAuthors)
        .map(({ word }) => word)
        .sort(),
  };
}

/** Forgets words with the fewest posts, until half of all are left or only more frequent ones. */
function forgetRarest(seen: Map<number, Seen>): void {
  const goal = seen.size / 2;
  for (let posts = 1; seen.size > goal; posts++) {
    for (const [hash, one] of seen) if (one.posts <= posts) seen.delete(hash);
  }
}
