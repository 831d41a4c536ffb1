import { createHash } from 'node:crypto';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { type FeaturePlaces } from '../features/extract-features.ts';
import { unpackAsset, type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { ThumbnailPyramid } from '../geometry/thumbnail-pyramid.ts';
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

/** What of an asset is needed beside the indexes that hold its hashes and descriptors. */
export interface FiledAsset {
  /** Of the working copy that the features were found in. */
  readonly width: number;
  readonly height: number;
  /** PDQ's quality of the whole, 0 to 100. */
  readonly quality: number;
  readonly features: FeaturePlaces;
  readonly mirroredFeatures: FeaturePlaces;
  readonly thumbnail: ThumbnailPyramid;
}

interface Entry {
  readonly digest: string;
  readonly asset: FiledAsset;
  readonly pictureSlots: readonly number[];
  readonly cropSlots: readonly number[];
  readonly featureSlots: readonly Int32Array[];
  /** Numbers of the assets that look like it. */
  readonly lookAlikes: Set<number>;
  /** Versions of the watch list that have it. */
  holders: number;
}

/**
 * Bits up to which two assets are versions of one picture: a post that shows one of them can't be told from a post that shows the
 * other by its hash.
 */
const LOOK_ALIKE_BITS = 24;

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
   * Takes hold of assets by their fingerprints and gives their numbers; equal fingerprints share one, which is held once for each.
   * All or, when one can't be read, none.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  hold(fingerprints: readonly Uint8Array[]): number[] {
    const digests = fingerprints.map((data) => createHash('sha256').update(data).digest('base64'));
    const unfiled = new Map<string, AssetFingerprint>();
    digests.forEach((digest, i) => {
      if (this.#numbers.has(digest) || unfiled.has(digest)) return;
      unfiled.set(digest, unpackAsset(fingerprints[i]!));
    });
    this.features.reserve(
      [...unfiled.values()].reduce(
        (sum, asset) => sum + asset.features.count + asset.mirroredFeatures.count,
        0,
      ),
    );
    for (const [digest, asset] of unfiled) this.#file(digest, asset);
    return digests.map((digest) => {
      const number = this.#numbers.get(digest)!;
      this.#entry(number).holders++;
      return number;
    });
  }

  /** @throws RangeError for a number that nobody holds */
  release(number: number): void {
    const entry = this.#entry(number);
    if (--entry.holders > 0) return;
    for (const slot of entry.pictureSlots) this.pictures.remove(slot);
    for (const slot of entry.cropSlots) this.crops.remove(slot);
    for (const slots of entry.featureSlots) this.features.remove(slots);
    for (const other of entry.lookAlikes) this.#entry(other).lookAlikes.delete(number);
    this.#entries[number] = undefined;
    this.#numbers.delete(entry.digest);
    this.#free.push(number);
  }

  asset(number: number): FiledAsset {
    return this.#entry(number).asset;
  }

  /** Numbers of the assets that look like it, turned or not. */
  lookAlikes(number: number): ReadonlySet<number> {
    return this.#entry(number).lookAlikes;
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

  #file(digest: string, fingerprint: AssetFingerprint): void {
    const number = this.#free.pop() ?? this.#entries.length;
    const { width, height, quality, features, mirroredFeatures } = fingerprint;
    this.#entries[number] = {
      digest,
      holders: 0,
      asset: {
        width,
        height,
        quality,
        features: placesOf(features),
        mirroredFeatures: placesOf(mirroredFeatures),
        thumbnail: new ThumbnailPyramid(fingerprint.thumbnail),
      },
      lookAlikes: this.#findLookAlikes(number, fingerprint),
      pictureSlots: this.#filePictures(number, fingerprint),
      cropSlots: this.#fileCrops(number, fingerprint),
      featureSlots: [
        this.features.add(number * 2, features.descriptors),
        this.features.add(number * 2 + 1, mirroredFeatures.descriptors),
      ],
    };
    this.#numbers.set(digest, number);
  }

  /** Among those filed before it, which are told of it. */
  #findLookAlikes(number: number, { turned, quality }: AssetFingerprint): Set<number> {
    const found = new Set<number>();
    if (quality < MIN_QUALITY) return found;
    this.pictures.search(turned[0]!, LOOK_ALIKE_BITS, (slot) => {
      const other = this.pictureVariant(slot).asset;
      if (this.asset(other).quality < MIN_QUALITY) return;
      found.add(other);
      this.#entry(other).lookAlikes.add(number);
    });
    return found;
  }

  #filePictures(number: number, { turned }: AssetFingerprint): number[] {
    return turned.map((hash, i) => {
      const slot = this.pictures.add(hash);
      this.#pictureVariants[slot] = { asset: number, rect: WHOLE_PICTURE, turn: DIHEDRAL_TURNS[i]! };
      return slot;
    });
  }

  #fileCrops(number: number, { crops }: AssetFingerprint): number[] {
    return crops.flatMap(({ rect, turn, hash, quality }) => {
      if (quality < MIN_QUALITY) return [];
      const slot = this.crops.add(hash);
      this.#cropVariants[slot] = { asset: number, rect, turn };
      return [slot];
    });
  }
}

/** Without the descriptors, which the index has. */
function placesOf({ count, x, y, angle, level }: FeaturePlaces): FeaturePlaces {
  return { count, x, y, angle, level };
}
