import { readJxlHeader } from './jxl-header.ts';
import { type OpenedPicture } from './open-picture.ts';

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

/** Tells of frames that no decoder here unpacks: those of a sequence in AVIF or HEIF, and of a JPEG XL animation; null for none. */
export function describeUnreadFrames({ format, bytes }: OpenedPicture): string | null {
  if (format === 'jxl' && readJxlHeader(bytes)?.isAnimated === true) {
    return 'an animation: only its first frame was looked at';
  }
  const frames = format === 'heif' ? countSamples(bytes) : 0;
  return frames > 1 ? `a sequence of ${frames} frames: only its cover was looked at` : null;
}

/** Counts the frames of the longest track, by the boxes around its table of sizes. */
function countSamples(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let most = 0;
  for (let at = 0; at + 20 <= bytes.length;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'stsz') most = Math.max(most, view.getUint32(at + 16));
    if (CONTAINERS.has(type)) at += 8;
    else if (size < 8) return most;
    else at += size;
  }
  return most;
}
