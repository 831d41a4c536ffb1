/** A post as the matcher takes it: fields are kept apart, so that no name is found across two of them. */

/**
 * `caption` is the post's own text, `quoted` a text that it quotes. `handle`, `display-name`, `address` (the post's own), `link` (an
 * address that it links to), `file-name` and `place` surround it. The creator wrote all others.
 */
export const TEXT_FIELD_KINDS = [
  'caption',
  'title',
  'alt-text',
  'content-warning',
  'poll-option',
  'hashtag',
  'link-title',
  'link-description',
  'quoted',
  'display-name',
  'handle',
  'address',
  'link',
  'file-name',
  'place',
] as const;
export type TextFieldKind = (typeof TEXT_FIELD_KINDS)[number];

/** One text of a post. A kind may occur several times: a poll has a field for each option. */
export interface TextField {
  readonly kind: TextFieldKind;
  readonly text: string;
}

export interface PostText {
  readonly fields: readonly TextField[];
  /** For `platform:` in queries. */
  readonly platform?: string | undefined;
  /** A code such as `de` or `pt-BR`, for `language:` in queries; undefined if it is not known. */
  readonly language?: string | undefined;
}

/** Makes a post from a single text. */
export function captionOf(text: string): PostText {
  return { fields: [{ kind: 'caption', text }] };
}
