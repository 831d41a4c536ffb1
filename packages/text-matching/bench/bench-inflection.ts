/**
 * Compares inflection by endings with natural's stemmers, and the reading of words with natural's tokenizer: which pairs of known English
 * words each joins, and how fast each reads posts.
 *
 * Run: `npx tsx packages/text-matching/bench/bench-inflection.ts`
 */
import { NounInflector } from 'natural/lib/natural/inflectors/index.js';
import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js';
import { WordTokenizer } from 'natural/lib/natural/tokenizers/index.js';
import { foldText } from '../fold/fold-text.ts';
import { inflectedForms } from '../languages/endings.ts';
import { loadKnownWords } from '../words/known-words.ts';
import { WordView } from '../words/word-view.ts';
import { englishByFrequency, makePosts, seededRandom } from './make-corpus.ts';

const POSTS = 20_000;
const SHORTEST = 4;
/** Rarer words (Zipf) are mostly typos and names. */
const RAREST = 3;

const words = englishByFrequency().flatMap((band) =>
  band.zipf >= RAREST ? band.words.filter((word) => word.length >= SHORTEST) : [],
);
compareJoins(words);
comparePlurals(words);
compareSpeed();

/** Counts the pairs of words that share a stem, and those where one is an inflected form of the other. */
function compareJoins(list: readonly string[]): void {
  const byStem = new Map<string, number>();
  for (const word of list) {
    const stem = PorterStemmer.stem(word);
    byStem.set(stem, (byStem.get(stem) ?? 0) + 1);
  }
  const known = new Set(list);
  let byEndings = 0;
  let byBoth = 0;
  for (const word of list) {
    for (const form of inflectedForms(word, 'en')) {
      if (!known.has(form)) continue;
      byEndings++;
      if (PorterStemmer.stem(form) === PorterStemmer.stem(word)) byBoth++;
    }
  }
  let byStems = 0;
  for (const count of byStem.values()) byStems += (count * (count - 1)) / 2;
  console.log(
    `${list.length} English words: pairs joined by endings ${byEndings}, by stems ${byStems}, by both ${byBoth}`,
  );
}

function comparePlurals(list: readonly string[]): void {
  const inflector = new NounInflector();
  const held = list.filter((word) => {
    const plural = inflector.pluralize(word);
    return plural === word || inflectedForms(word, 'en').includes(plural);
  });
  console.log(
    `natural's plurals among the endings' forms: ${((100 * held.length) / list.length).toFixed(1)} %`,
  );
}

function compareSpeed(): void {
  const { posts } = makePosts(POSTS, [], seededRandom(1));
  const view = new WordView(loadKnownWords());
  const tokenizer = new WordTokenizer();
  const rates = {
    'fold and words': rate(posts, (post) => {
      view.read(foldText(post));
      return view.count;
    }),
    "natural's WordTokenizer": rate(posts, (post) => tokenizer.tokenize(post).length),
    "natural's WordTokenizer and Porter": rate(
      posts,
      (post) => tokenizer.tokenize(post).map((token) => PorterStemmer.stem(token)).length,
    ),
  };
  for (const [engine, value] of Object.entries(rates)) {
    console.log(`  ${engine.padEnd(36)} ${(value / 1000).toFixed(1).padStart(7)}k posts/s`);
  }
}

/** Posts a second, the best of five rounds. */
function rate(posts: readonly string[], read: (post: string) => number): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const began = performance.now();
    let count = 0;
    for (const post of posts) count += read(post);
    if (count === 0) throw new Error('no words were read');
    best = Math.max(best, posts.length / ((performance.now() - began) / 1000));
  }
  return best;
}
