import { type Grade } from '@leakwatch/contracts';
import { type Luma } from '../decode/luma.ts';
import { unpackRaster } from '../fingerprint/raster.ts';
import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { type Affine, mapX, mapY } from '../geometry/affine.ts';
import { compareContent, type ContentComparison } from '../geometry/compare-content.ts';
import { type AssetLibrary } from './asset-library.ts';
import { type Finding } from './image-match.ts';

/** A finding in one frame of a post. */
export interface FrameFinding extends Finding {
  readonly frame: PostFrame;
  /** Maps shares of the asset to shares of the frame. */
  readonly map: Affine;
}

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

/** Grades each asset's findings by its best: the stage with the most exact place first. */
export async function gradeFindings(
  library: AssetLibrary,
  findings: readonly FrameFinding[],
): Promise<Map<number, Grade>> {
  const grades = new Map<number, Grade>();
  const rasters = new Map<PostFrame, Luma | null>();
  const ordered = findings.toSorted(
    (a, b) => BY_PLACE.indexOf(a.how[0]!) - BY_PLACE.indexOf(b.how[0]!) || b.confidence - a.confidence,
  );
  // Read at once: after a pause, the version of the watch list may be gone and its assets released.
  const packed = new Map(ordered.map(({ asset }) => [asset, library.asset(asset).raster]));
  for (const [number, raster] of packed) {
    const asset = raster === null ? null : await unpackRaster(raster);
    let grade: Grade = 'same-layout';
    for (const finding of ordered.filter((one) => one.asset === number).slice(0, MAX_TRIES)) {
      const { frame } = finding;
      if (!rasters.has(frame)) {
        rasters.set(frame, frame.raster === null ? null : await unpackRaster(frame.raster));
      }
      grade = gradeOf(compare(asset, rasters.get(frame)!, finding), finding.map);
      if (grade !== 'same-layout') break;
    }
    grades.set(number, grade);
  }
  return grades;
}

/** Null for fingerprints of a version without rasters. */
function compare(
  asset: Luma | null,
  post: Luma | null,
  { map, how }: FrameFinding,
): ContentComparison | null {
  if (asset === null || post === null) return null;
  const shown = how.includes('negative') ? { ...post, data: post.data.map((value) => 255 - value) } : post;
  return compareContent(asset, shown, map);
}

function gradeOf(content: ContentComparison | null, map: Affine): Grade {
  if (content !== null && content.cells >= MIN_CELLS) {
    const { cells, same, replaced, covered, grounded } = content;
    const share = REPLACED_SHARE[grounded >= GRAPHIC ? 'graphic' : 'photograph'];
    if (replaced >= MIN_REPLACED && replaced > cells * share) return 'same-layout';
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
