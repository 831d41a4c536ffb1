import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { type Affine } from '../geometry/affine.ts';
import { type Finding } from './image-match.ts';

/** A finding in one frame of a post. */
export interface FrameFinding extends Finding {
  readonly frame: PostFrame;
  /** Maps shares of the asset to shares of the frame. */
  readonly map: Affine;
}
