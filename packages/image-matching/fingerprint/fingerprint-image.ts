import { LONGEST_ASPECT, type Tile } from '../decode/cut-strip.ts';
import { decodeImage, type DecodedFrame } from '../decode/decode-image.ts';
import { type RgbImage } from '../decode/rgb-image.ts';
import { type PictureNote } from '../decode/picture-note.ts';
import { byteLuma, exactLuma, type Luma } from '../decode/luma.ts';
import { extractFeatures } from '../features/extract-features.ts';
import { DIHEDRAL_TURNS, turnFrequencies, type DihedralTurn } from '../pdq/dihedral.ts';
import { hashOf, pdqFeatures } from '../pdq/pdq-hash.ts';
import { pdqOfPicture } from '../pdq/pdq-of-picture.ts';
import { turnPicture } from '../pdq/turn-picture.ts';
import { type Hash256 } from '../pdq/hash256.ts';
import { aspectCrops } from '../regions/aspect-crops.ts';
import { findRegions } from '../regions/find-regions.ts';
import { IntegralImage } from '../regions/integral-image.ts';
import { regionFeatures } from '../regions/region-hash.ts';
import { pixelsOf, sharesOf, WHOLE_PICTURE } from '../regions/shares.ts';
import { packAsset, type CropHash } from './asset-fingerprint.ts';
import { packFrames } from './asset-frames.ts';
import { packPost, type PostFrame, type RegionHash } from './post-fingerprint.ts';
import { describeLimits } from './describe-limits.ts';
import { isOneShade } from './is-one-shade.ts';
import { packRaster } from './raster.ts';
import { makeThumbnail } from './thumbnail.ts';

/** Side of the square that every picture is fitted into before analysis. */
export const WORKING_SIDE_PX = 640;

const POST_FEATURES = { maxFeatures: 900, levels: 8 };
/** Most features of all frames or tiles together. */
const FEATURES_TOGETHER = 4800;
/** More levels than a post has, because an asset may appear small in a post. */
const ASSET_FEATURES = { maxFeatures: 700, levels: 11 };
const MIRRORED_FEATURES = { maxFeatures: 400, levels: 11 };

/** Crops are searched upright and mirrored; other turns are found by the whole picture only. */
const CROP_TURNS: readonly DihedralTurn[] = ['upright', 'mirrored'];

export interface PackedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
  /** Parts of the file that the fingerprint does not cover. */
  readonly notes: readonly PictureNote[];
  /** Notes for people on copies that will not be found; empty for a post. */
  readonly warnings: string[];
}

/** @throws ImageError */
export async function fingerprintPost(bytes: Uint8Array): Promise<PackedImage> {
  const { widthPx, heightPx, frames, tiles, notes } = await decodeImage(bytes, WORKING_SIDE_PX);
  const parts = [...frames.map((frame) => ({ ...frame, place: WHOLE_PICTURE })), ...tiles];
  const maxFeatures = Math.min(POST_FEATURES.maxFeatures, Math.floor(FEATURES_TOGETHER / parts.length));
  const analysed: PostFrame[] = [];
  for (const part of parts) analysed.push(await analyseFrame(part, maxFeatures, parts.length));
  const data = packPost({ frames: analysed });
  return { widthPx, heightPx, data, notes, warnings: [] };
}

async function analyseFrame(frame: Tile, maxFeatures: number, parts: number): Promise<PostFrame> {
  const { width, height, place } = frame;
  const { frequencies, quality } = pdqOfPicture(frame);
  const luma = byteLuma(frame.data, width, height);
  const integral = new IntegralImage(luma);
  return {
    width,
    height,
    place,
    hash: hashOf(frequencies),
    quality,
    regions: findRegions(integral).map((rect): RegionHash => {
      const region = regionFeatures(integral, rect);
      return {
        rect: sharesOf(rect, width, height),
        hash: hashOf(region.frequencies),
        quality: region.quality,
      };
    }),
    features: extractFeatures(luma, { ...POST_FEATURES, maxFeatures }),
    thumbnail: makeThumbnail(integral),
    raster: await packRaster(luma, parts),
  };
}

/**
 * Fingerprints an asset with all its frames or pages, chosen as those of a post are.
 *
 * @throws ImageError
 */
export async function fingerprintAsset(bytes: Uint8Array): Promise<PackedImage> {
  const { widthPx, heightPx, frames, notes } = await decodeImage(bytes, WORKING_SIDE_PX, 'refuse');
  const warnings = notes.map(({ message }) => `of the registered file ${message}`);
  if (Math.max(widthPx / heightPx, heightPx / widthPx) > LONGEST_ASPECT) {
    warnings.push(
      'a very long picture: it is registered in small as a whole; register its parts as pictures of their own',
    );
  }
  const shown = withDetail(frames);
  const packed: { number: number; data: Uint8Array }[] = [];
  for (const { frame, quality, limits } of shown) {
    packed.push({ number: frame.number, data: await packFrame(frame, quality) });
    warnings.push(
      ...(frames.length === 1 ? limits : limits.map((limit) => `frame or page ${frame.number}: ${limit}`)),
    );
  }
  if (shown.length < frames.length) warnings.push(describeEmpty(frames, shown));
  const data = frames.length === 1 ? packed[0]!.data : packFrames(packed);
  return { widthPx, heightPx, data, notes, warnings };
}

interface WeighedFrame {
  readonly frame: DecodedFrame;
  /** PDQ's, of the whole. */
  readonly quality: number;
  /** Names what will not be found, for people. */
  readonly limits: readonly string[];
}

/**
 * Leaves out the frames and pages of one shade, as an animation begins in black and a document has empty pages: many pictures look like them. If
 * all are so, the one with most detail is left.
 */
function withDetail(frames: readonly DecodedFrame[]): WeighedFrame[] {
  const weighed = frames.map((frame) => {
    const { quality } = pdqOfPicture(frame);
    const luma = byteLuma(frame.data, frame.width, frame.height);
    return { frame, quality, isEmpty: isOneShade(luma), limits: describeLimits(luma, quality) };
  });
  const shown = weighed.filter((one) => !one.isEmpty);
  return shown.length > 0 ? shown : [weighed.reduce(moreDetailed)];
}

/** The picture; of an animation, the frame with most detail. */
export function mostDetailed(frames: readonly DecodedFrame[]): DecodedFrame {
  return frames.map((frame) => ({ frame, quality: pdqOfPicture(frame).quality })).reduce(moreDetailed).frame;
}

function moreDetailed<One extends { readonly quality: number }>(best: One, one: One): One {
  return one.quality > best.quality ? one : best;
}

function describeEmpty(frames: readonly DecodedFrame[], shown: readonly WeighedFrame[]): string {
  const numbers = new Set(shown.map(({ frame }) => frame.number));
  const left = frames.map(({ number }) => number).filter((number) => !numbers.has(number));
  return `${left.length} of ${frames.length} frames or pages are hardly more than one shade and not registered: ${left.join(', ')}`;
}

async function packFrame(frame: DecodedFrame, quality: number): Promise<Uint8Array> {
  const { width, height } = frame;
  const luma = byteLuma(frame.data, width, height);
  const integral = new IntegralImage(luma);
  return packAsset({
    width,
    height,
    quality,
    isCutOut: frame.isCutOut,
    turned: turnedHashes(frame),
    crops: cropHashes(integral),
    features: extractFeatures(luma, ASSET_FEATURES),
    mirroredFeatures: extractFeatures(mirrored(luma), MIRRORED_FEATURES),
    thumbnail: makeThumbnail(integral),
    raster: await packRaster(luma, 1),
  });
}

/**
 * Hashes the picture turned pixel by pixel. Turning its frequencies is faster but up to 26 bits off, because PDQ's samples do
 * not lie symmetrically. Registration can afford the time.
 */
function turnedHashes({ data, width, height }: RgbImage): Hash256[] {
  return DIHEDRAL_TURNS.map((turn) => {
    const turned = turnPicture({ width, height, data: exactLuma(data, width * height) }, turn);
    return hashOf(pdqFeatures(turned.data, turned.width, turned.height).frequencies);
  });
}

function cropHashes(integral: IntegralImage): CropHash[] {
  const { width, height } = integral;
  return aspectCrops(width, height).flatMap((rect, i) => {
    const { frequencies, quality } = regionFeatures(integral, pixelsOf(rect, width, height));
    const turns = i === 0 ? DIHEDRAL_TURNS : CROP_TURNS;
    return turns.map((turn): CropHash => ({
      rect,
      turn,
      quality,
      hash: hashOf(turnFrequencies(frequencies, turn)),
    }));
  });
}

function mirrored({ width, height, data }: Luma): Luma {
  const copy = data.slice();
  for (let y = 0; y < height; y++) copy.subarray(y * width, (y + 1) * width).reverse();
  return { width, height, data: copy };
}
