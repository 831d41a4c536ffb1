import { type Grade } from '@leakwatch/contracts';
import { LRUCache } from 'lru-cache';
import { hasOtherCode } from '../codes/other-code.ts';
import { readCodes, type Code } from '../codes/read-codes.ts';
import { type Luma } from '../decode/luma.ts';
import { unpackRaster } from '../fingerprint/raster.ts';
import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { type Affine, compose, invert, mapX, mapY } from '../geometry/affine.ts';
import { compareContent, type ContentComparison, type PublicPicture } from '../geometry/compare-content.ts';
import { type FrameFinding } from './frame-finding.ts';
import { isOutdone, rivalsOf } from './rivals.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Fewer cells with detail say nothing. */
const MIN_CELLS = 12;
/** Share of cells with other content on the asset's own ground from which the content is another. */
const REPLACED_SHARE = { graphic: 0.038, photograph: 0.1 };
/** Fewer cells may be chance. */
const MIN_REPLACED = 4;
/** Share of cells with a ground from which a picture is a graphic. In a photograph, noise and captions look like other content. */
const GRAPHIC = 0.75;
/** Share of cells with other content on any ground, and share of equal cells, from which hardly the layout is left. */
const OTHER_SHARE = 0.35;
const LITTLE_SAME = 0.45;
/** With less of the asset in the picture, the picture shares a part with it. */
const WHOLE_SHARE = 0.7;
const POINTS = 10;
/** Most findings of one asset that are compared. */
const MAX_TRIES = 3;
const BY_PLACE = ['features', 'region', 'pdq'];

/** Fewer cells that no public picture shares may be chance. */
const MIN_OWN = 4;
/** Least share of its own cells that an asset shows where a public picture lies in the same place. */
const OWN_SHARE = 0.5;

/**
 * Grades each asset by the place with the most equal cells, among those of the stages with the most exact places. A weak
 * alignment, as of the mirrored picture, finds fewer and can't hide what a good one shows.
 */
export async function gradeFindings(
  watched: WatchedAssets,
  findings: readonly FrameFinding[],
): Promise<Map<number, Grade>> {
  const { library } = watched;
  const isCleared = (asset: number) => watched.isCleared(asset);
  const grades = new Map<number, Grade>();
  const rasters = new Map<PostFrame, Luma | null>();
  const ordered = findings.toSorted(
    (a, b) => BY_PLACE.indexOf(a.how[0]!) - BY_PLACE.indexOf(b.how[0]!) || b.confidence - a.confidence,
  );
  // Read at once: after a pause, the version of the watch list may be gone and its assets released.
  const packed = new Map(ordered.map(({ asset }) => [asset, library.asset(asset).raster]));
  const pictures = new Map<number, Luma | null>();
  for (const [number, raster] of packed) {
    pictures.set(number, raster === null ? null : await assetPicture(raster));
  }
  for (const [number, asset] of pictures) {
    if (isCleared(number)) continue;
    let best: { readonly same: number; readonly grade: Grade } | null = null;
    for (const finding of ordered.filter((one) => one.asset === number).slice(0, MAX_TRIES)) {
      const { frame } = finding;
      if (!rasters.has(frame)) {
        rasters.set(frame, frame.raster === null ? null : await unpackRaster(frame.raster));
      }
      const rivals = rivalsOf(finding, findings);
      const cleared = rivals.filter(
        (rival) => isCleared(rival.asset) && !isOutdone(rival, [finding], isCleared),
      );
      const content = compare(
        asset,
        rasters.get(frame)!,
        finding,
        publicPictures(finding, cleared, pictures),
      );
      const isOther =
        isOutdone(finding, rivals, isCleared) ||
        (await showsOtherCode(packed.get(number)!, asset, frame, rasters.get(frame)!, finding.map));
      const grade = isOther ? 'same-layout' : gradeOf(content, finding.map);
      const same = content?.same ?? 0;
      if (best === null || same > best.same) best = { same, grade };
    }
    grades.set(number, best!.grade);
  }
  return grades;
}

/** Pictures of the assets that were graded last, by packed raster: one that is leaked is soon posted again. */
const KEPT_PICTURES = 24;
const unpacked = new LRUCache<Uint8Array, Promise<Luma>>({ max: KEPT_PICTURES });

function assetPicture(packed: Uint8Array): Promise<Luma> {
  const picture = unpacked.get(packed) ?? unpackRaster(packed);
  unpacked.set(packed, picture);
  return picture;
}

function publicPictures(
  { map }: FrameFinding,
  cleared: readonly FrameFinding[],
  pictures: ReadonlyMap<number, Luma | null>,
): PublicPicture[] {
  return cleared.flatMap((other) => {
    const picture = pictures.get(other.asset) ?? null;
    const back = invert(other.map);
    return picture === null || back === null ? [] : [{ picture, map: compose(back, map) }];
  });
}

/** Codes by packed raster, as long as the raster is held: an asset's as long as it is watched. */
const codesRead = new WeakMap<Uint8Array, Promise<readonly Code[]>>();

function codesOf(packed: Uint8Array, size: Luma): Promise<readonly Code[]> {
  const held = codesRead.get(packed) ?? readCodes(packed, size);
  codesRead.set(packed, held);
  return held;
}

/** Reads the codes of an asset once, and those of a picture only where the asset has some. */
async function showsOtherCode(
  packed: Uint8Array | null,
  asset: Luma | null,
  frame: PostFrame,
  post: Luma | null,
  map: Affine,
): Promise<boolean> {
  if (packed === null || asset === null || frame.raster === null || post === null) return false;
  const own = await codesOf(packed, asset);
  return own.length > 0 && hasOtherCode(own, await codesOf(frame.raster, post), map);
}

/** Null for fingerprints of a version without rasters. */
function compare(
  asset: Luma | null,
  post: Luma | null,
  { map, how }: FrameFinding,
  cleared: readonly PublicPicture[],
): ContentComparison | null {
  if (asset === null || post === null) return null;
  const shown = how.includes('negative') ? { ...post, data: post.data.map((value) => 255 - value) } : post;
  return compareContent(asset, shown, map, cleared);
}

function gradeOf(content: ContentComparison | null, map: Affine): Grade {
  if (content !== null && content.cells >= MIN_CELLS) {
    const { cells, same, replaced, missing, covered, grounded, own } = content;
    if (own !== null && (own.cells < MIN_OWN || own.same < own.cells * OWN_SHARE)) return 'same-layout';
    // In a photograph, noise and glare make cells empty.
    const isGraphic = grounded >= GRAPHIC;
    const other = isGraphic ? replaced + missing : replaced;
    const share = REPLACED_SHARE[isGraphic ? 'graphic' : 'photograph'];
    if (other >= MIN_REPLACED && other > (cells - covered) * share) return 'same-layout';
    if (replaced + covered > cells * OTHER_SHARE && same < cells * LITTLE_SAME) return 'same-layout';
  }
  return shareInside(map) < WHOLE_SHARE ? 'part' : 'same';
}

/** Share of the asset that lies in the frame. */
function shareInside(map: Affine): number {
  let inside = 0;
  for (let i = 0; i < POINTS * POINTS; i++) {
    const [x, y] = [((i % POINTS) + 0.5) / POINTS, (Math.floor(i / POINTS) + 0.5) / POINTS];
    const [u, v] = [mapX(map, x, y), mapY(map, x, y)];
    if (u >= 0 && u <= 1 && v >= 0 && v <= 1) inside++;
  }
  return inside / (POINTS * POINTS);
}
