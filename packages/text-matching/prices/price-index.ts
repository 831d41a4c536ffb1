import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import { NUMBER } from '../evidence/evidence.ts';
import { withAsciiDigits } from '../fold/ascii-digits.ts';
import { amountsIn, type Amount } from './amounts.ts';
import { isPrice, type Price } from './price.ts';

/** A price to look for, by the index of its term. */
export interface PriceTerm {
  readonly item: number;
  readonly text: string;
  readonly price: Price;
}

/** Finds prices by value, whatever their notation. */
export class PriceIndex {
  readonly #byAmount: ReadonlyMap<number, readonly PriceTerm[]>;

  constructor(terms: readonly PriceTerm[]) {
    const byAmount = new Map<number, PriceTerm[]>();
    for (const term of terms) {
      const { hundredths } = term.price;
      byAmount.set(hundredths, [...(byAmount.get(hundredths) ?? []), term]);
    }
    this.#byAmount = byAmount;
  }

  /** Adds the prices of a text to the candidates. */
  search(posted: string, candidates: Candidate[]): void {
    if (this.#byAmount.size === 0 || !/\p{Nd}/u.test(posted)) return;
    const text = withAsciiDigits(posted);
    const amounts = amountsIn(text);
    for (const amount of amounts) {
      for (const term of this.#byAmount.get(amount.hundredths) ?? []) {
        if (isPrice(text, amount, amounts, term.price.currency))
          candidates.push(candidateOf(text, amount, term));
      }
    }
  }
}

function candidateOf(text: string, { from, to }: Amount, { item, text: written }: PriceTerm): Candidate {
  const at = Math.max(0, from - written.length);
  const isExact = text.slice(at, to + written.length).includes(written);
  const evidence = isExact ? 0 : NUMBER;
  return { item, from, to, evidence, confidence: confidenceOf(evidence, 0), distance: 0 };
}
