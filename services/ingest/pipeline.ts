import { EVENTS, postThreadId, type Post } from '@leakwatch/contracts';
import { encodeEvent, type EventLog, type OutgoingRecord } from '@leakwatch/event-log';
import { keepBytes, saveBlob, type Queryable, type Store } from '@leakwatch/store';
import { lockPostThreads } from './queries/lock-post-threads.ts';
import { recordPostThreads } from './queries/record-post-threads.ts';
import { type SourceItem, type SourceOrigin } from './sources/source.ts';
import { checkPost, type Check } from './steps/check-post.ts';
import { dropStalePosts, type Fate } from './steps/drop-stale-posts.ts';
import { type FindCreator } from './steps/find-creator.ts';
import { normalisePost } from './steps/normalise-post.ts';
import { storeMedia } from './steps/store-media.ts';
import { writeDeadLetters, type WrittenLetter } from './steps/write-dead-letters.ts';

/**
 * The way of a batch, whoever handed it over (run-source.ts pulls, accept-delivery.ts is sent, replay-letter.ts tries again):
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
  /** Of the current watch list. */
  readonly findCreator: FindCreator;
}

/** A batch that is ready to be published. */
export interface PreparedBatch {
  /** In the order of the items that are posts. */
  readonly posts: readonly Post[];
  readonly letters: readonly WrittenLetter[];
}

/** What became of a batch. */
export interface PublishedBatch {
  /** One for each of the batch's posts, in their order. */
  readonly fates: readonly Fate[];
  /** The dead letters that went out. */
  readonly letters: readonly WrittenLetter[];
  /** The posts that went out, as records. */
  readonly records: readonly OutgoingRecord[];
}

export interface PublishOptions {
  /** What becomes durable together with what is known of the posts: a checkpoint, a delivery. */
  readonly record: (tx: Queryable, fates: readonly Fate[]) => Promise<void>;
  readonly repeatNewest?: boolean;
}

/** The first step: which items are posts? */
export function checkItems(items: readonly SourceItem[]): Check[] {
  return items.map(checkPost);
}

/** Everything that needs no order: it can go on while the batch before is being published. */
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
 * Drops what is not new, publishes the rest and records it, one batch at a time for each post: the rows of the batch's
 * threads are locked from the look at them to the record of them, so that of two batches with one post the second sees what
 * the first has published.
 *
 * Publish first, record after: where the process dies in between, the batch comes again and is published twice under
 * the same ids, which changes nothing downstream. The other way round it would be lost.
 */
export async function publishBatch(
  batch: PreparedBatch,
  options: PublishOptions,
  { store, log }: PipelineParts,
): Promise<PublishedBatch> {
  return store.transaction(async (tx) => {
    const dropOptions = { repeatNewest: options.repeatNewest ?? false };
    const posts = batch.posts.map((post) => ({ post, threadId: postThreadId(post) }));
    const ifNew = dropStalePosts(posts, new Map(), dropOptions).moved;
    const known = await lockPostThreads(tx, ifNew);
    const { fates, moved } = dropStalePosts(posts, known, dropOptions);
    const fresh = fates.filter((fate) => fate.publish).map((fate) => fate.post);
    const letters = lettersThatCount(batch.letters, fresh);
    const records = fresh.map(encodePost);
    await log.publish([...records, ...letters.map((letter) => letter.record)]);
    await recordPostThreads(tx, new Map([...moved].filter(([threadId]) => known.has(threadId))));
    await options.record(tx, fates);
    return { fates, letters, records };
  });
}

/** A post that is dropped was published before: what was wrong with its media has been told then. */
function lettersThatCount(letters: readonly WrittenLetter[], published: readonly Post[]): WrittenLetter[] {
  const ids = new Set(published.map((post) => post.id));
  return letters.filter((letter) => letter.postId === null || ids.has(letter.postId));
}

function encodePost(post: Post): OutgoingRecord {
  return encodeEvent(EVENTS.post, post, {
    id: post.id,
    key: post.creatorId,
    source: '/leakwatch/ingest',
    time: new Date(post.deletedAt ?? post.editedAt ?? post.publishedAt),
  });
}
