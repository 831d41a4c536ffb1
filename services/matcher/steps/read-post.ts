import { type Post } from '@leakwatch/contracts';
import { readText, textOfPost, type CompiledWatchList, type TextReading } from '@leakwatch/matching';
import { type PostText } from '@leakwatch/text-matching';

/** A post whose text has been matched by itself. */
export interface ReadPost {
  readonly post: Post;
  readonly text: PostText;
  readonly reading: TextReading;
}

const NOTHING: TextReading = { found: [], mayBeginName: false, mayEndName: false };

/** Matches a post's text. A deletion has none. */
export function readPost(post: Post, list: CompiledWatchList): ReadPost {
  const text = textOfPost(post);
  return { post, text, reading: post.op === 'delete' ? NOTHING : readText(list, text) };
}
