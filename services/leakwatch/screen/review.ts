import { type ReviewSample } from '@leakwatch/alerting/measure';
import { type Post, type ReviewVerdict } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import colors from 'picocolors';
import { formatTable, printable } from './format.ts';

const SHORT_ID = 8;

/** The part of a sample that a reviewer may see: nothing about how it was drawn, nor about any alert. */
export function blindView({
  threadId,
  creatorId,
  post,
  verdict,
  campaignId,
  reviewedBy,
  minutes,
}: ReviewSample): {
  readonly id: string;
  readonly creatorId: string;
  readonly post: Post;
  readonly verdict: ReviewVerdict | null;
  readonly campaignId: string | null;
  readonly reviewedBy: string | null;
  readonly minutes: number | null;
} {
  return { id: threadId, creatorId, post, verdict, campaignId, reviewedBy, minutes };
}

export function formatSamples(samples: readonly ReviewSample[]): string {
  return formatTable(
    ['id', 'creator', 'published', 'text', 'media', 'verdict'],
    samples.map(({ threadId, creatorId, post, verdict, campaignId }) => [
      threadId.slice(0, SHORT_ID),
      printable(creatorId, 24),
      formatMinute(post.publishedAt),
      printable(post.text, 40),
      String(post.media.length),
      verdict === null ? '' : `${verdict}${campaignId === null ? '' : ` of ${printable(campaignId, 20)}`}`,
    ]),
  );
}

const LONGEST_TEXT = 4000;

/** Formats one post with everything to look at. */
export function formatSample({ threadId, creatorId, post }: ReviewSample): string {
  const { platform, author, canonicalUrl, publishedAt, text, media } = post;
  return [
    `${colors.bold(`sample ${threadId.slice(0, SHORT_ID)}`)}  ${printable(creatorId, 40)}, ${printable(platform, 20)} @${printable(author.handle, 40)}`,
    `published  ${formatMinute(publishedAt)}`,
    ...(canonicalUrl === null ? [] : [`address    ${printable(canonicalUrl, 200)}`]),
    ...media.map(
      ({ kind, sourceUrl, claim }) =>
        `${kind.padEnd(9)}  ${printable(claim?.uri ?? sourceUrl ?? 'gone', 200)}`,
    ),
    '',
    ...text
      .slice(0, LONGEST_TEXT)
      .split('\n')
      .map((line) => `  ${printable(line, LONGEST_TEXT)}`),
  ].join('\n');
}
