/**
 * The probability that at least one of several independent draws takes a post: π = 1 − Π(1 − πᵢ).
 *
 * @param probabilities - each from 0 to 1
 */
export function combinedProbability(probabilities: readonly number[]): number {
  return 1 - probabilities.reduce((missed, probability) => missed * (1 - probability), 1);
}
