import { type Metadata } from 'sharp';
import { countApngFrames, hasAnimationChunk, unpackApng } from './apng.ts';
import { furtherPictures } from './mpo.ts';
import { type OpenedPicture } from './open-picture.ts';
import { type Still, type StillList } from './still.ts';
import { MAX_FRAMES_BYTES, unpackAnimation } from './unpack-animation.ts';

/** Most pictures of one file that are compared with each other. */
const MAX_STILLS = 120;
/** Most pixels of them together, so that long animations of large frames stay within a worker's time. */
const MAX_PIXELS_TOGETHER = 100_000_000;
/** Time on screen that makes a later frame worth a decode of its own, the most of them, and the most pixels that they take together. */
const LONG_SHOWN_MS = 1000;
const MAX_LATER = 4;
const MAX_LATER_PIXELS = 400_000_000;
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
    // The first one is shown by every decoder.
    return {
      stills: [{ bytes, input: {}, number: 1, durationMs: null }],
      total: Math.max(1, countApngFrames(bytes)),
    };
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
    if (unpacked !== null) {
      const later = laterPages(count, pages, width * height, delay);
      return { stills: [...unpacked, ...later.map(pageOf)], total: pages };
    }
    return { stills: pagesToTake(pages, Math.min(count, MAX_DAMAGED)).map(pageOf), total: pages };
  }
  const others = format === 'jpeg' ? furtherPictures(bytes) : { pictures: [], total: 0 };
  return {
    stills: [
      ...pagesToTake(pages, affordable).map(pageOf),
      ...others.pictures.map((other, i): Still => ({
        bytes: other,
        input: {},
        number: pages + i + 1,
        durationMs: null,
      })),
    ],
    total: pages + others.total,
  };
}

/**
 * Chooses from the frames behind those that are unpacked together: the last one, and those that are shown longest, a second at least. Each is
 * decoded from the beginning of the file, so that few can be.
 */
function laterPages(from: number, pages: number, framePixels: number, delay: readonly number[]): number[] {
  if (from >= pages) return [];
  const affordable = Math.min(MAX_LATER, Math.floor(MAX_LATER_PIXELS / (framePixels * pages)));
  const long = Array.from({ length: pages - 1 - from }, (_, i) => from + i)
    .filter((page) => (delay[page] ?? 0) >= LONG_SHOWN_MS)
    .toSorted((a, b) => delay[b]! - delay[a]!)
    .slice(0, affordable);
  return [...long.toSorted((a, b) => a - b), pages - 1];
}

/** Takes the first pages, one at least, and the last one in place of the rest. */
function pagesToTake(pages: number, affordable: number): number[] {
  const taken = Array.from({ length: Math.min(pages, Math.max(2, affordable)) }, (_, page) => page);
  if (taken.length < pages) taken[taken.length - 1] = pages - 1;
  return taken;
}
