import { type Post } from '@leakwatch/contracts';
import { searchableText } from '@leakwatch/matching';

/** What of a post is matched as text: its own, and the alternative texts of its media. */
export function textOf(post: Post): string {
  return searchableText(
    post.text,
    post.media.flatMap((media) => media.altText ?? []),
  );
}
