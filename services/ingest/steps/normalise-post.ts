import path from 'node:path';
import { postId, type Media, type Post, type PostOp, type SubmittedPost } from '@leakwatch/contracts';
import { type SourceOrigin } from '../sources/source.ts';
import { type CheckedPost } from './check-post.ts';
import { linksOf, tagsOf } from './extract-links.ts';
import { type FindCreator } from './find-creator.ts';
import { mediaKind } from './media-type.ts';

export interface NormaliseContext {
  readonly source: SourceOrigin;
  readonly findCreator: FindCreator;
  /** Arrival time of the post at leakwatch. */
  readonly observedAt: Date;
}

/** The author of a post that names none. */
const UNKNOWN_AUTHOR = 'unknown';

/** Instants of this length, as all of usual years, compare as their texts do. */
const EPOCH = '1970-01-01T00:00:00.000Z';

/**
 * Turns a submitted post into canonical form, and fills in absent fields. Media that the source can hand over are still
 * without their claims.
 *
 * - `op`: `update` if a revision above 1 or `editedAt` says so, else `create`.
 * - `revision`: 1 for a post as first published. An unnumbered edit takes its `editedAt` in milliseconds since 1970. A
 *   deletion takes its `deletedAt`, or else its arrival, so later ones are always greater. One account should not mix both
 *   ways of counting.
 * - instants: a post that is here can't have been published, edited or deleted later than now, so a future time becomes
 *   now. Otherwise a post could claim to come after an embargo, or an edit push all later ones into the past. Times before
 *   1970 become 1970.
 */
export function normalisePost(checked: CheckedPost, context: NormaliseContext): Post {
  const { submitted } = checked;
  const { source } = context;
  const arrival = context.observedAt.toISOString();
  const identity = {
    platform: submitted.platform ?? source.platform,
    instance: submitted.instance ?? source.instance,
    nativeId: submitted.id,
    op: opOf(submitted),
    revision: revisionOf(submitted, arrival),
  };
  const author = authorOf(submitted);
  const text = submitted.text ?? '';
  return {
    schemaVersion: 1,
    id: postId(identity),
    ...identity,
    type: submitted.type ?? 'post',
    creatorId: context.findCreator({ ...identity, nativeId: author.nativeId, handle: author.handle }),
    author,
    canonicalUrl: submitted.url ?? null,
    inReplyTo: submitted.inReplyTo ?? null,
    repostOf: submitted.repostOf ?? null,
    text,
    contentRaw: null,
    ...writtenPartsOf(submitted),
    lang: submitted.lang ?? null,
    links: linksOf(submitted.links ?? [], text),
    tags: tagsOf(submitted.tags ?? [], text),
    media: (submitted.media ?? []).map(normaliseMedia),
    publishedAt: notLater(submitted.publishedAt, arrival) ?? arrival,
    editedAt: notLater(submitted.editedAt, arrival),
    deletedAt: deletedAtOf(submitted, arrival),
    observedAt: arrival,
    provenance: {
      connector: source.name,
      transport: source.transport,
      cursor: checked.item.place,
      rawSha256: checked.rawSha256,
      signature: null,
    },
  };
}

function opOf(submitted: SubmittedPost): PostOp {
  if (submitted.op !== undefined) return submitted.op;
  return (submitted.revision ?? 1) > 1 || submitted.editedAt !== undefined ? 'update' : 'create';
}

function revisionOf(submitted: SubmittedPost, arrival: string): number {
  if (submitted.revision !== undefined) return submitted.revision;
  const op = opOf(submitted);
  if (op === 'create') return 1;
  const changedAt = op === 'delete' ? submitted.deletedAt : submitted.editedAt;
  return Math.max(Date.parse(notLater(changedAt, arrival) ?? arrival), 1);
}

function deletedAtOf(submitted: SubmittedPost, arrival: string): string | null {
  const deletedAt = notLater(submitted.deletedAt, arrival);
  return submitted.op === 'delete' ? (deletedAt ?? arrival) : deletedAt;
}

/** The instant, but not before 1970 and not after the arrival. */
function notLater(instant: string | undefined, arrival: string): string | null {
  if (instant === undefined) return null;
  const isUsual = instant.length === EPOCH.length && arrival.length === EPOCH.length;
  if (isUsual && instant >= EPOCH && instant <= arrival) return instant;
  return new Date(Math.min(Math.max(Date.parse(instant), 0), Date.parse(arrival))).toISOString();
}

function authorOf(submitted: SubmittedPost): Post['author'] {
  const { author } = submitted;
  return {
    nativeId: author?.id ?? UNKNOWN_AUTHOR,
    handle: author?.handle ?? '',
    displayName: author?.displayName ?? null,
    url: author?.url ?? null,
  };
}

/** The submitted texts beside the caption. */
function writtenPartsOf({ title, contentWarning, poll, linkCard, quoteOf, place }: SubmittedPost) {
  return { title, contentWarning, poll, linkCard, quoteOf, place };
}

function normaliseMedia(medium: NonNullable<SubmittedPost['media']>[number], index: number): Media {
  return {
    index,
    kind: mediaKind(medium.mime, medium.file ?? medium.url ?? ''),
    sourceUrl: medium.url ?? null,
    declaredMime: medium.mime ?? null,
    altText: medium.alt ?? null,
    ...(medium.file === undefined ? {} : { fileName: path.posix.basename(medium.file) }),
    widthPx: null,
    heightPx: null,
    durationMs: null,
    fetchError: null,
    claim: null,
  };
}
