import { RecentDescriptors } from './recent-descriptors.ts';
import { SortedDescriptors } from './sorted-descriptors.ts';
import { type Steps } from '../steps.ts';
import { type FoundDescriptor, type OwnedDescriptors } from './descriptor-tables.ts';

/** Descriptors that are filed one by one at most: so many, or this share of those that are sorted. */
const RECENT_UP_TO = 65_536;
const RECENT_SHARE = 1 / 16;
const OWNERS_PER_STEP = 50;

/**
 * Finds similar local features among many assets: locality-sensitive hashing of binary descriptors (Indyk, Motwani, 1998)
 * in typed arrays. Descriptors that differ in few bits most likely share all key bits of one table. Few more are added and
 * removed in place; many are filed at once, together with those that are there.
 */
export class DescriptorIndex {
  #sorted = new SortedDescriptors(0);
  #recent = new RecentDescriptors();
  /** Descriptors that are being sorted, to take the place of both. */
  #coming: SortedDescriptors | null = null;

  get size(): number {
    return this.#sorted.size + this.#recent.size;
  }

  get bytes(): number {
    return this.#sorted.bytes + this.#recent.bytes;
  }

  /**
   * Files the descriptors of owners, `count` together, in steps. The index finds the old ones meanwhile, and the new ones when
   * all steps are done. One filing at a time.
   */
  *add(count: number, all: Iterable<OwnedDescriptors>): Steps<void> {
    if (this.#coming !== null) throw new Error('descriptors are being filed already');
    if (this.#recent.size + count <= Math.max(RECENT_UP_TO, this.#sorted.size * RECENT_SHARE)) {
      for (const { owner, descriptors } of all) {
        this.#recent.add(owner, descriptors);
        yield;
      }
      return;
    }
    const coming = new SortedDescriptors(this.size + count);
    this.#coming = coming;
    try {
      let owners = 0;
      for (const part of [this.#sorted.owned(), this.#recent.owned(), all]) {
        for (const owned of part) {
          coming.add(owned);
          if (++owners % OWNERS_PER_STEP === 0) yield;
        }
      }
      yield* coming.sort();
      this.#sorted = coming;
      this.#recent = new RecentDescriptors();
    } finally {
      this.#coming = null;
    }
  }

  remove(owner: number): void {
    if (!this.#recent.remove(owner)) this.#sorted.remove(owner);
    this.#coming?.remove(owner);
  }

  /**
   * Calls `found` for descriptors that differ in at most `atMost` bits: for most of them, and for some more than once. `found`
   * returns the new limit, so that a near hit ends the interest in far ones.
   */
  search(descriptors: Uint32Array, feature: number, atMost: number, found: FoundDescriptor): void {
    const limit = this.#recent.search(descriptors, feature, atMost, found);
    this.#sorted.search(descriptors, feature, limit, found);
  }
}
