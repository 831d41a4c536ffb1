/**
 * Erasure by creator or post. It goes in steps of small transactions, and may be called again after an interruption:
 *
 *   note it → alerts, one after the other → other tables → records of the log → stored pictures → earlier watch lists
 *
 * Rows that precision and recall are counted from stay, without the person. What is under a hold stays as it is.
 */
import { randomBytes } from 'node:crypto';
import { TOPICS, type Topic } from '@leakwatch/contracts';
import {
  eraseRecords,
  listHeldWords,
  listMediaOfRecords,
  type LogDatabase,
  type RecordsToErase,
} from '@leakwatch/event-log/postgres';
import {
  beginErasure,
  deleteBlobs,
  eraseCreatorFromVersions,
  finishErasure,
  parseRows,
  type Database,
} from '@leakwatch/store';
import { z } from 'zod';
import { lockCreator } from '../../incidents/queries/lock-creator.ts';
import { eraseAlert } from './erase-alert.ts';
import { countRest, eraseRest } from './erase-rest.ts';
import { findSubject, targetOf, type ErasureWish, type FoundSubject } from './find-subject.ts';

export interface ErasureResult {
  /** Rows and records by kind, without kinds that have none. */
  readonly counts: ReadonlyMap<string, number>;
  /** Alerts that a hold keeps. */
  readonly held: readonly string[];
  /** Alerts that are not resolved. */
  readonly open: readonly string[];
}

/** Counts what {@link erase} would erase, and changes nothing. */
export async function planErasure(
  store: Database,
  log: LogDatabase,
  wish: ErasureWish,
): Promise<ErasureResult> {
  const subject = await findSubject(store.pool, wish, 'erased:');
  const counts = new Map<string, number>([['alerts', subject.alertIds.length]]);
  for (const [kind, from] of [
    ['findings in alerts', 'alert_occurrence'],
    ['evidence', 'evidence'],
  ] as const) {
    const answer = await store.pool.query(
      `SELECT count(*)::integer AS n FROM ${from} WHERE alert_id = ANY ($1) AND ($2::text[] IS NULL OR thread_id = ANY ($2))`,
      [subject.alertIds, threadsOf(subject)],
    );
    counts.set(kind, parseRows(answer, z.object({ n: z.int() }))[0]?.n ?? 0);
  }
  if (isKeptWhole(subject)) return resultOf(new Map(), subject);
  for (const [kind, n] of await countRest(store.pool, subject)) counts.set(kind, n);
  for (const topic of TOPICS) {
    counts.set(`records of ${topic}`, await eraseRecords(log, topic, recordsOf(topic, subject), 'count'));
  }
  if (subject.creatorId !== null) {
    counts.set('earlier watch lists', await eraseCreatorFromVersions(store, subject.creatorId, 'count'));
  }
  return resultOf(counts, subject);
}

/** Erases, and tells what. */
export async function erase(
  store: Database,
  log: LogDatabase,
  request: { readonly wish: ErasureWish; readonly by: string; readonly reason: string },
): Promise<ErasureResult> {
  const { wish, by, reason } = request;
  const pseudonym = `erased:${randomBytes(6).toString('hex')}`;
  const before = await findSubject(store.pool, wish, pseudonym);
  if (isKeptWhole(before)) return resultOf(new Map(), before);
  const { id } = await store.transaction(async (tx) => {
    if (before.creatorId !== null) await lockCreator(tx, before.creatorId);
    return beginErasure(tx, { target: targetOf(wish), by, reason });
  });
  // Again: an alert may have come until the erasure was noted. None comes after it.
  const subject = await findSubject(store.pool, wish, pseudonym);
  const counts = new Map<string, number>();
  const add = (kind: string, n: number) => counts.set(kind, (counts.get(kind) ?? 0) + n);
  for (const alertId of subject.alertIds) {
    const erased = await store.transaction((tx) => eraseAlert(tx, alertId, subject.redaction));
    if (erased === null) continue;
    add('alerts', 1);
    add('findings in alerts', erased.occurrences);
    add('evidence', erased.evidence);
  }
  for (const [kind, n] of await eraseRest(store, subject)) add(kind, n);
  const media = [...(await listMediaOfRecords(log, 'posts', recordsOf('posts', subject)))];
  for (const topic of TOPICS)
    add(`records of ${topic}`, await eraseRecords(log, topic, recordsOf(topic, subject)));
  const ofOthers = await listHeldWords(log, 'posts', media);
  add(
    'pictures',
    await deleteBlobs(
      store.pool,
      media.filter((sha256) => !ofOthers.has(sha256)),
    ),
  );
  if (subject.creatorId !== null) {
    add('earlier watch lists', await eraseCreatorFromVersions(store, subject.creatorId));
  }
  await finishErasure(store.pool, id);
  return resultOf(counts, subject);
}

/** The only post to erase is held. */
function isKeptWhole({ creatorId, threadIds }: FoundSubject): boolean {
  return creatorId === null && threadIds.length === 0;
}

function threadsOf({ redaction }: FoundSubject): string[] | null {
  return redaction.threadIds === null ? null : [...redaction.threadIds];
}

/** An alert's events go with the alert, whatever posts they hold; other records go with their post. */
function recordsOf(
  topic: Topic,
  { creatorId, markers, sparedPosts, heldAlerts }: FoundSubject,
): RecordsToErase {
  const spared = topic === 'alerts' ? heldAlerts.map((id) => `"id":"${id}"`) : sparedPosts;
  return { key: creatorId, markers, spared };
}

function resultOf(counts: ReadonlyMap<string, number>, subject: FoundSubject): ErasureResult {
  return {
    counts: new Map([...counts].filter(([, n]) => n > 0)),
    held: subject.heldAlerts,
    open: subject.openAlerts,
  };
}
