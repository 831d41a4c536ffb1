import { type Metadata } from 'sharp';
import { hasAnimationChunk, unpackApng } from './apng.ts';
import { furtherPictures } from './mpo.ts';
import { type OpenedPicture } from './open-picture.ts';
import { type Still, type StillList } from './still.ts';
import { MAX_FRAMES_BYTES, unpackAnimation } from './unpack-animation.ts';

/** Most pictures of one file that are compared with each other. */
const MAX_STILLS = 120;
/** Most pixels of them together, so that long animations of large frames stay within a worker's time. */
const MAX_PIXELS_TOGETHER = 100_000_000;
/** Most frames of a damaged animation, which are decoded one by one from its beginning. */
const MAX_DAMAGED = 24;

/** Lists the pictures of a file: frames, pages, or the further pictures behind a JPEG (MPO). */
export async function listStills(
  { format, bytes }: OpenedPicture,
  { width, height, pages = 1, delay = [] }: Pick<Metadata, 'width' | 'height' | 'pages' | 'delay'>,
  maxSidePx: number,
): Promise<StillList> {
  const affordable = Math.max(1, Math.min(MAX_STILLS, Math.floor(MAX_PIXELS_TOGETHER / (width * height))));
  if (format === 'png' && hasAnimationChunk(bytes)) {
    const unpacked = await unpackApng(bytes, maxSidePx, affordable);
    if (unpacked !== null) return unpacked;
  }
  const pageOf = (page: number): Still => ({
    bytes,
    input: { page },
    number: page + 1,
    durationMs: delay[page] ?? null,
  });
  if (pages > 1 && (format === 'gif' || format === 'webp')) {
    const scale = Math.min(1, maxSidePx / Math.max(width, height));
    const frameBytes = width * height * scale * scale * 4;
    const count = Math.max(1, Math.min(pages, affordable, Math.floor(MAX_FRAMES_BYTES / frameBytes)));
    const unpacked = await unpackAnimation(bytes, maxSidePx, count, delay);
    const last = count < pages ? [pageOf(pages - 1)] : [];
    if (unpacked !== null) return { stills: [...unpacked, ...last], total: pages };
    return { stills: pagesToTake(pages, Math.min(count, MAX_DAMAGED)).map(pageOf), total: pages };
  }
  const others = format === 'jpeg' ? furtherPictures(bytes) : [];
  return {
    stills: [
      ...pagesToTake(pages, affordable).map(pageOf),
      ...others.map((other, i): Still => ({
        bytes: other,
        input: {},
        number: pages + i + 1,
        durationMs: null,
      })),
    ],
    total: pages + others.length,
  };
}

/** Takes the first pages, and the last one in place of the rest. */
function pagesToTake(pages: number, affordable: number): number[] {
  const taken = Array.from({ length: Math.min(pages, affordable) }, (_, page) => page);
  if (taken.length < pages && taken.length > 1) taken[taken.length - 1] = pages - 1;
  return taken;
}
