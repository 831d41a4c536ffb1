import { type SharpOptions } from 'sharp';

/** One picture of a file: a frame of an animation, a page, or the only one. */
export interface Still {
  /** Input for the decoder. */
  readonly bytes: Uint8Array;
  /** The page of `bytes`, or its layout where the pixels are unpacked already. */
  readonly input: Pick<SharpOptions, 'page' | 'raw'>;
  /** Place in the file, from 1. */
  readonly number: number;
  /** Time on screen; null when the file has no timing. */
  readonly durationMs: number | null;
}

/** The pictures of a file, in order. */
export interface StillList {
  readonly stills: readonly Still[];
  /** Pictures in the file, with those that were not unpacked. */
  readonly total: number;
  /** Why the unpacked pixels are not whole; null for whole ones, and for stills that are decoded later. */
  readonly flaw?: string | null;
}
