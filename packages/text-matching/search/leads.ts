/** The words that lead to a name. */
import { NumberList } from '../hashing/number-list.ts';
import { type Name } from '../names/name.ts';
import { addCompanion, type Companions } from './companions.ts';

/** Stands for the whole name instead of one of its words. */
export const WHOLE = -1;

/** For each lead: the index of its name, and its place among the name's words, or {@link WHOLE}. */
export interface Leads {
  readonly names: Int32Array;
  readonly places: Int16Array;
}

export class LeadsBuilder {
  readonly #names = new NumberList();
  readonly #places = new NumberList();
  readonly #companions = new NumberList();

  /** Returns the index of the lead. */
  add(name: Name, place: number): number {
    this.#names.push(name.index);
    this.#places.push(place);
    addCompanion(this.#companions, name, place);
    return this.#names.length - 1;
  }

  build(): { readonly leads: Leads; readonly companions: Companions } {
    return {
      leads: { names: this.#names.whole(), places: Int16Array.from(this.#places.whole()) },
      companions: this.#companions.whole(),
    };
  }
}
