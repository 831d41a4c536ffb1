import { createHash } from 'node:crypto';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { unpackAsset, type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { thumbnailPyramid, type ThumbnailPyramid } from '../geometry/sharpen-alignment.ts';
import { HammingIndex } from '../hamming/hamming-index.ts';
import { DIHEDRAL_TURNS, type DihedralTurn } from '../pdq/dihedral.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { WHOLE_PICTURE, type RectShares } from '../regions/shares.ts';

/** A hash of an asset in an index: which part of it, turned how. */
export interface HashVariant {
  /** The asset's number in the library. */
  readonly asset: number;
  readonly rect: RectShares;
  readonly turn: DihedralTurn;
}

interface Entry {
  readonly digest: string;
  readonly asset: AssetFingerprint;
  readonly thumbnail: ThumbnailPyramid;
  readonly pictureSlots: readonly number[];
  readonly cropSlots: readonly number[];
  readonly featureSlots: readonly Int32Array[];
  /** Versions of the watch list that have it. */
  holders: number;
}

/**
 * The assets of several versions of the watch list, in the indexes that the stages search. A version takes hold of its assets
 * and lets go of them; what the next version shares with it stays where it is, and what nobody holds any more
 * leaves the indexes in place. Assets are numbered, and a number is used again.
 */
export class AssetLibrary {
  readonly pictures = new HammingIndex();
  readonly crops = new HammingIndex();
  /** The owner of a feature is twice its asset's number, and one more where it is of the mirrored picture. */
  readonly features = new DescriptorIndex();
  readonly #pictureVariants: HashVariant[] = [];
  readonly #cropVariants: HashVariant[] = [];
  readonly #entries: (Entry | undefined)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];

  /** Different assets held now. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Memory of the indexes. */
  get bytes(): number {
    return this.pictures.bytes + this.crops.bytes + this.features.bytes;
  }

  /**
   * Gives the asset's number; equal fingerprints share one.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  hold(data: Uint8Array): number {
    const digest = createHash('sha256').update(data).digest('base64');
    const known = this.#numbers.get(digest);
    if (known !== undefined) {
      this.#entry(known).holders++;
      return known;
    }
    const asset = unpackAsset(data);
    const number = this.#free.pop() ?? this.#entries.length;
    this.#entries[number] = { ...this.#file(number, asset), digest, asset, holders: 1 };
    this.#numbers.set(digest, number);
    return number;
  }

  /** @throws RangeError for a number that nobody holds */
  release(number: number): void {
    const entry = this.#entry(number);
    if (--entry.holders > 0) return;
    for (const slot of entry.pictureSlots) this.pictures.remove(slot);
    for (const slot of entry.cropSlots) this.crops.remove(slot);
    for (const slots of entry.featureSlots) this.features.remove(slots);
    this.#entries[number] = undefined;
    this.#numbers.delete(entry.digest);
    this.#free.push(number);
  }

  asset(number: number): AssetFingerprint {
    return this.#entry(number).asset;
  }

  thumbnail(number: number): ThumbnailPyramid {
    return this.#entry(number).thumbnail;
  }

  pictureVariant(slot: number): HashVariant {
    return this.#pictureVariants[slot]!;
  }

  cropVariant(slot: number): HashVariant {
    return this.#cropVariants[slot]!;
  }

  #entry(number: number): Entry {
    const entry = this.#entries[number];
    if (entry === undefined) throw new RangeError(`no asset has number ${number}`);
    return entry;
  }

  #file(number: number, asset: AssetFingerprint): Omit<Entry, 'digest' | 'asset' | 'holders'> {
    const pictureSlots = asset.turned.map((hash, i) => {
      const slot = this.pictures.add(hash);
      this.#pictureVariants[slot] = { asset: number, rect: WHOLE_PICTURE, turn: DIHEDRAL_TURNS[i]! };
      return slot;
    });
    const cropSlots: number[] = [];
    for (const { rect, turn, hash, quality } of asset.crops) {
      if (quality < MIN_QUALITY) continue;
      const slot = this.crops.add(hash);
      this.#cropVariants[slot] = { asset: number, rect, turn };
      cropSlots.push(slot);
    }
    return {
      thumbnail: thumbnailPyramid(asset.thumbnail),
      pictureSlots,
      cropSlots,
      featureSlots: [
        this.features.add(number * 2, asset.features.descriptors),
        this.features.add(number * 2 + 1, asset.mirroredFeatures.descriptors),
      ],
    };
  }
}
