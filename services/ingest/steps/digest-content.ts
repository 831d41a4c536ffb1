import { hashId, type Post } from '@leakwatch/contracts';

/** Hexadecimal digits kept of a digest: 128 bits. */
const DIGEST_LENGTH = 32;

/**
 * Returns a digest of all that a post says and shows, without its times and numbers. Two revisions with one digest are the
 * same to a reader. Media count by their address or file name, because their bytes may be fetched later.
 */
export function digestContent(post: Post): string {
  const media = post.media.map((one) => [one.sourceUrl, one.fileName, one.altText]);
  const { title, contentWarning, poll, linkCard, quoteOf, place } = post;
  const said = [post.text, title, contentWarning, poll, linkCard, quoteOf, place, post.repostOf];
  return hashId(JSON.stringify([said, post.links, post.tags, media])).slice(0, DIGEST_LENGTH);
}
