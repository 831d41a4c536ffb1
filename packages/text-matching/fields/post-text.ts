/** A post as the matcher takes it: fields are kept apart, so that no name is found across two of them. */
import { type TextField } from '@leakwatch/contracts';

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
