import { createHash } from 'node:crypto';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { type FeaturePlaces } from '../features/extract-features.ts';
import { unpackAsset, type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { ThumbnailPyramid } from '../geometry/thumbnail-pyramid.ts';
import { HammingIndex } from '../hamming/hamming-index.ts';
import { DIHEDRAL_TURNS, type DihedralTurn } from '../pdq/dihedral.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { WHOLE_PICTURE, type RectShares } from '../regions/shares.ts';

/** Asset, part and turn behind a hash in an index. */
export interface HashVariant {
  /** The asset's number in the library. */
  readonly asset: number;
  readonly rect: RectShares;
  readonly turn: DihedralTurn;
}

/** Data of an asset that the indexes of hashes and descriptors do not hold. */
export interface FiledAsset {
  /** Size of the working copy that the features were found in. */
  readonly width: number;
  readonly height: number;
  /** PDQ's quality of the whole, 0 to 100. */
  readonly quality: number;
  /** Whether it is ink on a transparent ground; its negative is then another picture. */
  readonly isCutOut: boolean;
  readonly features: FeaturePlaces;
  readonly mirroredFeatures: FeaturePlaces;
  readonly thumbnail: ThumbnailPyramid;
  /** Packed; null for a fingerprint of a version without it. */
  readonly raster: Uint8Array | null;
}

interface Entry {
  readonly digest: string;
  readonly asset: FiledAsset;
  readonly pictureSlots: readonly number[];
  readonly cropSlots: readonly number[];
  readonly featureSlots: readonly Int32Array[];
  /** Numbers of the assets that look like it. */
  readonly lookAlikes: Set<number>;
  /** Number of watch-list versions that hold the asset. */
  holders: number;
}

/**
 * Most bits between the hashes of two versions of one picture. A hash can't tell a post with one version from a post with the
 * other.
 */
const LOOK_ALIKE_BITS = 24;

/**
 * The assets of several watch-list versions, in the indexes that the stages search. A version holds its assets and releases
 * them later. Assets shared with the next version stay filed; an asset without holders leaves the indexes in place. Numbers
 * of assets are reused.
 */
export class AssetLibrary {
  readonly pictures = new HammingIndex();
  readonly crops = new HammingIndex();
  /** Owner of a feature: twice its asset's number, plus one for the mirrored picture. */
  readonly features = new DescriptorIndex();
  readonly #pictureVariants: HashVariant[] = [];
  readonly #cropVariants: HashVariant[] = [];
  readonly #entries: (Entry | undefined)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];

  /** Number of different assets held now. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Memory of the indexes, in bytes. */
  get bytes(): number {
    return this.pictures.bytes + this.crops.bytes + this.features.bytes;
  }

  /**
   * Holds assets by their fingerprints and gives their numbers. Equal fingerprints share a number, held once for each. Holds
   * none when one of them can't be read.
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

  /** @throws RangeError for a number without a holder */
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
    const { width, height, quality, isCutOut, features, mirroredFeatures } = fingerprint;
    this.#entries[number] = {
      digest,
      holders: 0,
      asset: {
        width,
        height,
        quality,
        isCutOut,
        features: placesOf(features),
        mirroredFeatures: placesOf(mirroredFeatures),
        thumbnail: new ThumbnailPyramid(fingerprint.thumbnail),
        raster: fingerprint.raster,
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

  /** Finds look-alikes among the assets filed before, and links both ways. */
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

/** Drops the descriptors, which the index holds. */
function placesOf({ count, x, y, angle, level }: FeaturePlaces): FeaturePlaces {
  return { count, x, y, angle, level };
}
