import { CANARY_PLATFORM, type SubmittedPost } from '@leakwatch/contracts';
import { CANARY_TERM } from './canary-term.ts';

/** The canary's entry as a source of posts. */
export const CANARY_SOURCE = {
  name: 'canary',
  transport: 'generated',
  platform: CANARY_PLATFORM,
  instance: 'local',
} as const;

/** The picture's name at that source. */
export const CANARY_PICTURE_FILE = 'canary.png';

/**
 * Makes one of the canary's posts as a source would hand it in.
 *
 * @param id - new for each post, and used for its author too, so that all partitions get their turn
 * @param withPicture - false if only the text lane is watched
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
