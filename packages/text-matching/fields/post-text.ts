/** The words of a post as the matcher takes them: each field apart, so that no name is found across the end of one and the start of the next. */

/**
 * `caption` is the post's own text, `quoted` what it quotes. `handle`, `display-name`, `address` (the post's own), `link` (an address that
 * it links to), `file-name` and `place` surround it; all others are what the creator wrote.
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

/** One text of a post. A kind may come several times: one field for each poll option. */
export interface TextField {
  readonly kind: TextFieldKind;
  readonly text: string;
}

export interface PostText {
  readonly fields: readonly TextField[];
  /** For `platform:` in queries. */
  readonly platform?: string | undefined;
  /** A code such as `de` or `pt-BR`, for `language:` in queries; undefined where it is not known. */
  readonly language?: string | undefined;
}

/** A text that is all that is known of a post. */
export function captionOf(text: string): PostText {
  return { fields: [{ kind: 'caption', text }] };
}
