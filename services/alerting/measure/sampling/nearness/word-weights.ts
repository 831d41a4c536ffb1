/**
 * Weighs the words of texts by how rare they are among the texts of a corpus (Spärck Jones, 1972), and compares two texts
 * by the cosine of their weights (the scheme `ltc`: Manning, Raghavan, Schütze, Introduction to Information Retrieval,
 * 2008, 6.4). A word that most texts hold weighs next to nothing, so no list of stop words is needed.
 */

/** The words of a text with their weights. The sum of the squares is 1, or 0 without a word that weighs. */
export type WordWeights = ReadonlyMap<string, number>;

/** Finds words in scripts that write no spaces, too. */
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'word' });

export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of SEGMENTER.segment(text.normalize('NFKC').toLowerCase())) {
    if (isWordLike === true) words.push(segment);
  }
  return words;
}

/** @param corpus - the words of each text */
export function weighWordsBy(
  corpus: readonly (readonly string[])[],
): (words: readonly string[]) => WordWeights {
  const holders = new Map<string, number>();
  for (const words of corpus) {
    for (const word of new Set(words)) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  /** The logarithm of the texts for each one that holds the word. */
  const rarity = (word: string) => Math.max(0, Math.log(corpus.length / (1 + (holders.get(word) ?? 0))));
  return (words) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = new Map<string, number>();
    let squares = 0;
    for (const [word, count] of counts) {
      const weight = (1 + Math.log(count)) * rarity(word);
      if (weight === 0) continue;
      weights.set(word, weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares);
    return new Map([...weights].map(([word, weight]) => [word, weight / length]));
  };
}

/** The cosine of two texts: 0 without a common word, 1 for the same words in the same shares. */
export function cosine(a: WordWeights, b: WordWeights): number {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of fewer) sum += weight * (more.get(word) ?? 0);
  return sum;
}
