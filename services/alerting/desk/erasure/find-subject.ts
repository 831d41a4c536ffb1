import { DetectionSchema, PostSchema, postThreadId } from '@leakwatch/contracts';
import { findRecordHolding, type LogDatabase } from '@leakwatch/event-log/postgres';
import { parseRows, type ErasureTarget, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { IS_HELD } from './erase-alert.ts';
import { type Subject } from './erase-rest.ts';

/** A post's place on its platform. */
export interface PostPlace {
  readonly platform: string;
  readonly instance: string;
  readonly nativeId: string;
}

/** Who or what a person asked to erase. */
export type ErasureWish =
  | { readonly kind: 'creator'; readonly creatorId: string }
  | { readonly kind: 'post'; readonly place: PostPlace; readonly link: string | null };

export function targetOf(wish: ErasureWish): ErasureTarget {
  return wish.kind === 'creator' ? wish : { kind: 'post', threadId: postThreadId(wish.place) };
}

const DetectionRow = z.object({ detection: DetectionSchema });
const PostRow = z.object({ post: PostSchema });

/** The post of an address, as an alert, a drawn post or the log knows it; null if none does. */
export async function findPostByAddress(
  db: Queryable,
  log: LogDatabase,
  address: string,
): Promise<PostPlace | null> {
  const alerted = await db.query('SELECT detection FROM alert_occurrence WHERE link = $1 LIMIT 1', [address]);
  const [found] = parseRows(alerted, DetectionRow);
  if (found !== undefined) return found.detection.post;
  const marker = `"canonicalUrl":${JSON.stringify(address)}`;
  const drawn = await db.query(
    'SELECT post FROM review_sample WHERE position($1 IN post::text) > 0 LIMIT 1',
    [marker],
  );
  const [sample] = parseRows(drawn, PostRow);
  if (sample !== undefined) return sample.post;
  const value = await findRecordHolding(log, 'posts', marker);
  return value === null ? null : PostSchema.parse(JSON.parse(Buffer.from(value).toString()));
}

/** How records name a post; the fields stand in this order in every schema that has them. */
function markerOf({ platform, instance, nativeId }: PostPlace): string {
  return `"platform":${JSON.stringify(platform)},"instance":${JSON.stringify(instance)},"nativeId":${JSON.stringify(nativeId)}`;
}

const AlertRow = z.object({ id: z.string(), isHeld: z.boolean(), isOpen: z.boolean() });
const ThreadRow = z.object({ threadId: z.string() });

/** The records that an erasure would touch. */
export interface FoundSubject extends Subject {
  /** Alerts that a hold keeps as they are. */
  readonly heldAlerts: readonly string[];
  readonly openAlerts: readonly string[];
  /** How records name posts that stay. */
  readonly sparedPosts: readonly string[];
}

export async function findSubject(
  db: Queryable,
  wish: ErasureWish,
  pseudonym: string,
): Promise<FoundSubject> {
  const creatorId = wish.kind === 'creator' ? wish.creatorId : null;
  const threadId = wish.kind === 'post' ? postThreadId(wish.place) : null;
  const alerts = parseRows(
    await db.query(
      `SELECT a.id, ${IS_HELD} AS "isHeld", a.state <> 'resolved' AS "isOpen" FROM alert a
       WHERE a.creator_id = $1 OR a.id IN (SELECT alert_id FROM alert_occurrence WHERE thread_id = $2)`,
      [creatorId, threadId],
    ),
    AlertRow,
  );
  const idsOf = (is: (alert: z.infer<typeof AlertRow>) => boolean) => alerts.filter(is).map(({ id }) => id);
  const heldAlerts = idsOf(({ isHeld }) => isHeld);
  const alertIds = idsOf(({ isHeld }) => !isHeld);
  const held = await listPosts(db, heldAlerts);
  const threads =
    threadId === null
      ? parseRows(
          await db.query(
            'SELECT DISTINCT thread_id AS "threadId" FROM alert_occurrence WHERE alert_id = ANY ($1)',
            [alertIds],
          ),
          ThreadRow,
        ).map((row) => row.threadId)
      : [threadId];
  const heldThreads = new Set(held.map((post) => postThreadId(post)));
  const isSpared = (thread: string) => heldThreads.has(thread);
  return {
    creatorId,
    threadIds: threads.filter((thread) => !isSpared(thread)),
    held: [...heldThreads],
    alertIds,
    heldAlerts,
    openAlerts: idsOf(({ isHeld, isOpen }) => isOpen && !isHeld),
    platform: wish.kind === 'post' ? wish.place.platform : null,
    nativeId: wish.kind === 'post' ? wish.place.nativeId : null,
    link: wish.kind === 'post' ? wish.link : null,
    markers:
      wish.kind === 'creator'
        ? [`"creatorId":${JSON.stringify(wish.creatorId)}`, `"key":${JSON.stringify(wish.creatorId)}`]
        : [markerOf(wish.place)],
    sparedPosts: held.map(markerOf),
    redaction: {
      pseudonym: wish.kind === 'creator' ? pseudonym : null,
      threadIds: threadId === null ? null : new Set([threadId]),
    },
  };
}

async function listPosts(db: Queryable, alertIds: readonly string[]): Promise<PostPlace[]> {
  const answer = await db.query('SELECT detection FROM alert_occurrence WHERE alert_id = ANY ($1)', [
    alertIds,
  ]);
  return parseRows(answer, DetectionRow).map(({ detection }) => detection.post);
}
