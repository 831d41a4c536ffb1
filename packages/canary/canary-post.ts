import { CANARY_PLATFORM, type SubmittedPost } from '@leakwatch/contracts';
import { CANARY_TERM } from './canary-term.ts';

/** Who hands the canary's posts over, as ingest keeps it of any source. */
export const CANARY_SOURCE = {
  name: 'canary',
  transport: 'generated',
  platform: CANARY_PLATFORM,
  instance: 'local',
} as const;

/** By this name the source is asked for the picture. */
export const CANARY_PICTURE_FILE = 'canary.png';

/**
 * One of the canary's posts, as a source would hand it in.
 *
 * @param id - new for each, and its author's as well: so the log's partitions take turns at it
 * @param withPicture - false where only the text lane is watched
 */
export function canarySubmission(id: string, at: Date, withPicture: boolean): SubmittedPost {
  return {
    id,
    author: { id },
    text: `This post is synthetic: ${CANARY_TERM}.`,
    publishedAt: at.toISOString(),
    ...(withPicture ? { media: [{ file: CANARY_PICTURE_FILE, mime: 'image/png' }] } : {}),
  };
}
