/** The ways in which an asset is leaked to try whether it is found, by name; a crop is tried in two places. */
export const LEAK_WAYS = [
  'as it is',
  '240 px small',
  'recompressed',
  'filtered',
  'mirrored',
  'turned by a quarter',
  'tilted',
  'cropped to a half',
  'cropped to a third',
  'cropped to a tenth',
  'under a caption and a sticker',
  'in a phone screenshot',
  'photographed from a screen',
  'an inset of a quarter',
] as const;
export type LeakWay = (typeof LEAK_WAYS)[number];

/** Raise with every change of how copies are made: what was tried before says nothing of them. */
export const LEAK_WAYS_VERSION = 1;

/** The fingerprint of one leaked copy. */
export interface LeakedCopy {
  readonly way: LeakWay;
  readonly data: Uint8Array;
}
