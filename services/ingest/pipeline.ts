import { EVENTS, type Post } from '@leakwatch/contracts';
import { encodeEvent, type EventLog, type OutgoingRecord } from '@leakwatch/event-log';
import { keepBytes, saveBlob, type Queryable, type Store } from '@leakwatch/store';
import { lockPostThreads } from './queries/lock-post-threads.ts';
import { recordPostThreads } from './queries/record-post-threads.ts';
import { type SourceItem, type SourceOrigin } from './sources/source.ts';
import { checkPost, type Check } from './steps/check-post.ts';
import { dropStalePosts, threadedPost, type Fate } from './steps/drop-stale-posts.ts';
import { type FindCreator } from './steps/find-creator.ts';
import { normalisePost } from './steps/normalise-post.ts';
import { storeMedia } from './steps/store-media.ts';
import { writeDeadLetters, type WrittenLetter } from './steps/write-dead-letters.ts';

/**
 * The way of a batch from every entrance (run-source.ts pulls, accept-delivery.ts is sent, replay-letter.ts tries again):
 *
 *   checkItems    is it a post? ─── no ──────────────────────────────┐
 *   prepareBatch  normalise → store media ─── can't be had ──────────┤
 *   publishBatch  lock its threads → drop what is not new            ▼
 *                 → publish to the log:  posts  and  dead letters
 *                 → record the threads and the checkpoint → unlock
 */
export interface PipelineParts {
  readonly store: Store;
  readonly log: EventLog;
  readonly clock: () => Date;
  /** From the current watch list. */
  readonly findCreator: FindCreator;
}

/** A batch that is ready to be published. */
export interface PreparedBatch {
  /** Posts in the order of their items. */
  readonly posts: readonly Post[];
  readonly letters: readonly WrittenLetter[];
}

/** The outcome of a batch. */
export interface PublishedBatch {
  /** One for each of the batch's posts, in their order. */
  readonly fates: readonly Fate[];
  /** Dead letters that were published. */
  readonly letters: readonly WrittenLetter[];
  /** Posts that were published, as records. */
  readonly records: readonly OutgoingRecord[];
}

export interface PublishOptions {
  /** Saves a checkpoint or a delivery in the same transaction as the posts' threads. */
  readonly record: (tx: Queryable, fates: readonly Fate[]) => Promise<void>;
  readonly repeatNewest?: boolean;
}

/** The first step: tells posts from other items. */
export function checkItems(items: readonly SourceItem[]): Check[] {
  return items.map(checkPost);
}

/** Does all work that needs no order; it can run while the previous batch is being published. */
export async function prepareBatch(
  source: SourceOrigin,
  checks: readonly Check[],
  parts: PipelineParts,
  observedAt: Date = parts.clock(),
): Promise<PreparedBatch> {
  const keep = (bytes: Uint8Array, mime: string) => saveBlob(parts.store.pool, { bytes, mime });

  const normalised = checks.flatMap((check) =>
    check.ok
      ? [{ checked: check.post, post: normalisePost(check.post, { ...parts, source, observedAt }) }]
      : [],
  );
  const { posts, failures } = await storeMedia(normalised, { source, saveBlob: keep, clock: parts.clock });
  const letters = await writeDeadLetters(checks, failures, {
    source: source.name,
    at: observedAt,
    savePayload: keepBytes(parts.store.pool),
  });
  return { posts, letters };
}

/**
 * Drops posts that are not new, publishes the rest and records it, one batch at a time for each post. The threads' rows
 * stay locked from the look-up to the record. So of two batches with one post, the second sees the first one's.
 *
 * Publish first, record after: if the process dies in between, the batch comes again and is published twice under the same
 * ids, which changes nothing downstream. The other way round it would be lost.
 */
export async function publishBatch(
  batch: PreparedBatch,
  options: PublishOptions,
  { store, log }: PipelineParts,
): Promise<PublishedBatch> {
  return store.transaction(async (tx) => {
    const dropOptions = { repeatNewest: options.repeatNewest ?? false };
    const posts = batch.posts.map(threadedPost);
    const ifNew = dropStalePosts(posts, new Map(), dropOptions);
    const known = await lockPostThreads(tx, ifNew.moved);
    const { fates, moved } = known.size === 0 ? ifNew : dropStalePosts(posts, known, dropOptions);
    const fresh = fates.filter((fate) => fate.publish).map((fate) => fate.post);
    // A published post may have got another id; its letters know it by the first.
    const publishedIds = new Set(batch.posts.filter((_, i) => fates[i]?.publish).map((post) => post.id));
    const letters = lettersThatCount(batch.letters, publishedIds);
    const records = fresh.map(encodePost);
    const outgoing = [...records, ...letters.map((letter) => letter.record)];
    if (outgoing.length > 0) await log.publish(outgoing);
    await recordPostThreads(tx, new Map([...moved].filter(([threadId]) => known.has(threadId))));
    await options.record(tx, fates);
    return { fates, letters, records };
  });
}

/** Leaves out the letters of dropped posts: they were published before, with their letters. */
function lettersThatCount(
  letters: readonly WrittenLetter[],
  published: ReadonlySet<string>,
): WrittenLetter[] {
  return letters.filter((letter) => letter.postId === null || published.has(letter.postId));
}

function encodePost(post: Post): OutgoingRecord {
  return encodeEvent(EVENTS.post, post, {
    id: post.id,
    key: post.creatorId,
    source: '/leakwatch/ingest',
    time: new Date(post.deletedAt ?? post.editedAt ?? post.publishedAt),
  });
}
