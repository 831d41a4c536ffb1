/** The distinct words that may have typos. Names share many. */
import { letterSet } from '../fuzzy/letter-set.ts';
import { addDeletes } from '../fuzzy/symmetric-deletes.ts';
import { HashMultimapBuilder, type HashMultimap } from '../hashing/hash-multimap.ts';
import { NumberList } from '../hashing/number-list.ts';
import { NumberRows } from '../hashing/number-rows.ts';
import { readSymbols, SymbolPoolBuilder } from '../names/symbol-pool.ts';
import { type Steps } from '../steps.ts';

/** All arrays but the last run over the near words. */
export interface NearWords {
  /** The length and the letters ({@link letterSet}). They rule out most before the word is read. */
  readonly lengths: Uint16Array;
  readonly letters: Int32Array;
  /** The edits that the word allows; 0 if only masks may differ: a number with a typo is a different number. */
  readonly limits: Uint8Array;
  /** The unit where its symbols begin. */
  readonly symbolsAt: Int32Array;
  readonly units: Uint16Array;
  /** Where its leads begin in `leads`, and where the last one's end. */
  readonly leadsAt: Int32Array;
  readonly leads: Int32Array;
}

/** The symbol 9. Letters follow it. */
const NINE = 57;

export function symbolsOfNear({ lengths, symbolsAt, units }: NearWords, word: number): Int32Array {
  const symbols = new Int32Array(lengths[word]!);
  readSymbols(units, symbolsAt[word]!, symbols);
  return symbols;
}

export class NearWordsBuilder {
  readonly #deletes = new HashMultimapBuilder();
  /** A row of each: its edits, 1 if only masks may differ, and its symbols. */
  readonly #words = new NumberRows();
  readonly #lengths = new NumberList();
  readonly #letters = new NumberList();
  readonly #limits = new NumberList();
  readonly #symbolsAt = new NumberList();
  readonly #units = new SymbolPoolBuilder();
  /** Each lead, and the near word that has it. */
  readonly #leads = new NumberList();
  readonly #ofLeads = new NumberList();

  add(symbols: Int32Array, limit: number, lead: number, isExact = false): void {
    if (limit === 0 || (isExact && !symbols.some((symbol) => symbol > NINE))) return;
    const before = this.#words.count;
    const word = this.#words.add([limit, isExact ? 1 : 0, ...symbols]);
    this.#leads.push(lead);
    this.#ofLeads.push(word);
    if (word < before) return;
    this.#lengths.push(symbols.length);
    this.#letters.push(letterSet(symbols, 0, symbols.length));
    this.#limits.push(isExact ? 0 : limit);
    this.#symbolsAt.push(this.#units.length);
    this.#units.add(symbols);
    addDeletes(this.#deletes, symbols, limit, word);
  }

  *buildSteps(): Steps<{ readonly deletes: HashMultimap; readonly near: NearWords }> {
    const deletes = yield* this.#deletes.buildSteps();
    yield;
    const leadsAt = new Int32Array(this.#words.count + 1);
    const leads = new Int32Array(this.#leads.length);
    for (let at = 0; at < leads.length; at++) leadsAt[this.#ofLeads.at(at) + 1]!++;
    for (let word = 1; word < leadsAt.length; word++) leadsAt[word]! += leadsAt[word - 1]!;
    const next = leadsAt.slice();
    for (let at = 0; at < leads.length; at++) leads[next[this.#ofLeads.at(at)]!++] = this.#leads.at(at);
    return {
      deletes,
      near: {
        lengths: Uint16Array.from(this.#lengths.whole()),
        letters: this.#letters.whole(),
        limits: Uint8Array.from(this.#limits.whole()),
        symbolsAt: this.#symbolsAt.whole(),
        units: this.#units.build(),
        leadsAt,
        leads,
      },
    };
  }
}
