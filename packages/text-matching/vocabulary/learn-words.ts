/** Learns ordinary words from clean posts: a word that many people write is not a typo of a name, even if no word list has it. */
import { loadKnownWords, slotOf } from '../words/known-words.ts';
import { hashOfWord, wordsOfNames } from './ordinary-words.ts';

export interface LearningLimits {
  /** The fewest posts that must use a word. */
  readonly leastPosts: number;
  /** The fewest authors that must use it, so that no one teaches a word alone. */
  readonly leastAuthors: number;
  /** The most words to remember. Above it, the rarest are forgotten. */
  readonly mostRemembered: number;
}

export interface WordLearner {
  /** @param author - the author of the text. Texts without one count as from a single author. */
  read(text: string, author: string): void;
  /** The words learned, in alphabetical order: lower case, NFKC. */
  words(): string[];
}

interface Seen {
  readonly word: string;
  posts: number;
  /** The first few authors: only as many as the limit asks for. */
  readonly authors: Set<string>;
}

const SHORTEST = 3;
const LONGEST = 40;
/** Addresses, handles and hashtags are names; letters beside a digit are a number or a code. */
const NO_WORDS = /(?:https?:\/\/|www\.)\S+|[@#＠＃]\S+|\S*\p{N}\S*/gu;
const WORD = /\p{L}[\p{L}\p{M}]*/gu;

/**
 * Creates a learner. Give it only posts without a match. It does not learn words of the table or of the names.
 *
 * @param names - the watched names
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

/** Forgets the words with the fewest posts, until at most half are left. */
function forgetRarest(seen: Map<number, Seen>): void {
  const goal = seen.size / 2;
  for (let posts = 1; seen.size > goal; posts++) {
    for (const [hash, one] of seen) if (one.posts <= posts) seen.delete(hash);
  }
}
