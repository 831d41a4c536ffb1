import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { DescriptorIndex } from '../features/descriptor-index.ts';
import { type OwnedDescriptors } from '../features/descriptor-tables.ts';
import { unpackAsset, type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { type ThumbnailPyramid } from '../geometry/thumbnail-pyramid.ts';
import { HammingIndex } from '../hamming/hamming-index.ts';
import { DIHEDRAL_TURNS, type DihedralTurn } from '../pdq/dihedral.ts';
import { type Hash256 } from '../pdq/hash256.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { WHOLE_PICTURE, type RectShares } from '../regions/shares.ts';
import { type Steps } from '../steps.ts';
import { FiledAsset } from './filed-asset.ts';

/** Asset, part and turn behind a hash in an index. */
export interface HashVariant {
  /** The asset's number in the library. */
  readonly asset: number;
  readonly rect: RectShares;
  readonly turn: DihedralTurn;
}

interface HasFingerprint {
  /** As `register` packed it. */
  readonly data: Uint8Array;
}

interface Entry {
  readonly digest: string;
  readonly asset: FiledAsset;
  readonly pictureSlots: readonly number[];
  readonly cropSlots: readonly number[];
  /** PDQ of the whole, upright. */
  readonly upright: Hash256;
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
/** Thumbnails that are kept unpacked, of the assets looked at last. */
const KEPT_THUMBNAILS = 256;

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
  readonly #thumbnails = new LRUCache<FiledAsset, ThumbnailPyramid>({ max: KEPT_THUMBNAILS });

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
   * none when one of them can't be read. One holding at a time; the assets held before are found meanwhile.
   *
   * @param assets whose data is read one after another, twice, so that it need not be in memory all at once
   * @throws ImageError `unreadable-fingerprint`
   */
  *hold(assets: readonly HasFingerprint[]): Steps<number[]> {
    const digests: string[] = [];
    /** Numbers of those that are filed already. */
    const held: (number | undefined)[] = [];
    const unfiled = new Map<string, HasFingerprint>();
    let descriptors = 0;
    try {
      for (const asset of assets) {
        const { data } = asset;
        const digest = createHash('sha256').update(data).digest('base64');
        digests.push(digest);
        const number = this.#numbers.get(digest);
        if (number !== undefined) this.#entry(number).holders++;
        held.push(number);
        if (number === undefined && !unfiled.has(digest)) {
          const { features, mirroredFeatures } = unpackAsset(data);
          descriptors += features.count + mirroredFeatures.count;
          unfiled.set(digest, asset);
        }
        yield;
      }
    } catch (error) {
      for (const number of held) if (number !== undefined) this.release(number);
      throw error;
    }
    // Unpacked again one by one, because all of them unpacked would take more memory than the indexes.
    yield* this.features.add(descriptors, this.#file(unfiled));
    yield* this.#linkLookAlikes([...unfiled.keys()].map((digest) => this.#numbers.get(digest)!));
    return digests.map((digest, i) => {
      const number = this.#numbers.get(digest)!;
      if (held[i] === undefined) this.#entry(number).holders++;
      return number;
    });
  }

  /** @throws RangeError for a number without a holder */
  release(number: number): void {
    const entry = this.#entry(number);
    if (--entry.holders > 0) return;
    for (const slot of entry.pictureSlots) this.pictures.remove(slot);
    for (const slot of entry.cropSlots) this.crops.remove(slot);
    for (const owner of ownersOf(number)) this.features.remove(owner);
    for (const other of entry.lookAlikes) this.#entry(other).lookAlikes.delete(number);
    this.#entries[number] = undefined;
    this.#numbers.delete(entry.digest);
    this.#free.push(number);
  }

  asset(number: number): FiledAsset {
    return this.#entry(number).asset;
  }

  thumbnail(number: number): ThumbnailPyramid {
    const asset = this.asset(number);
    const thumbnail = this.#thumbnails.get(asset) ?? asset.thumbnail();
    this.#thumbnails.set(asset, thumbnail);
    return thumbnail;
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

  /** Files all but the descriptors, which it gives. */
  *#file(unfiled: ReadonlyMap<string, HasFingerprint>): Generator<OwnedDescriptors> {
    for (const [digest, { data }] of unfiled) {
      const fingerprint = unpackAsset(data);
      const number = this.#free.pop() ?? this.#entries.length;
      this.#entries[number] = {
        digest,
        holders: 0,
        asset: new FiledAsset(fingerprint),
        upright: fingerprint.turned[0]!,
        lookAlikes: new Set(),
        pictureSlots: this.#filePictures(number, fingerprint),
        cropSlots: this.#fileCrops(number, fingerprint),
      };
      this.#numbers.set(digest, number);
      const [owner, mirrored] = ownersOf(number);
      yield { owner, descriptors: fingerprint.features.descriptors };
      yield { owner: mirrored, descriptors: fingerprint.mirroredFeatures.descriptors };
    }
  }

  /** Links each with the look-alikes filed before it, both ways. */
  *#linkLookAlikes(filed: readonly number[]): Steps<void> {
    const later = new Set(filed);
    for (const number of filed) {
      later.delete(number);
      const { asset, upright, lookAlikes } = this.#entry(number);
      if (asset.quality < MIN_QUALITY) continue;
      this.pictures.search(upright, LOOK_ALIKE_BITS, (slot) => {
        const other = this.pictureVariant(slot).asset;
        if (other === number || later.has(other) || this.asset(other).quality < MIN_QUALITY) return;
        lookAlikes.add(other);
        this.#entry(other).lookAlikes.add(number);
      });
      yield;
    }
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

/** Owners in the descriptor index: of the picture and of its mirror image. */
function ownersOf(number: number): [upright: number, mirrored: number] {
  return [number * 2, number * 2 + 1];
}
