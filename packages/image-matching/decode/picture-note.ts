/** Kinds of {@link PictureNote}: a damaged picture decoded in part, and frames or pages that were left out. */
export const PICTURE_NOTE_KINDS = ['partial', 'unseen'] as const;
type PictureNoteKind = (typeof PICTURE_NOTE_KINDS)[number];

/** Tells that a fingerprint covers less than the file holds, so that nothing is left out silently. */
export interface PictureNote {
  readonly kind: PictureNoteKind;
  /** For people: what is missing and why. */
  readonly message: string;
}
