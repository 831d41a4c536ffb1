/** Erases the records of a creator or a post beside alerts and the log. */
import { DetectionSchema, PostSchema } from '@leakwatch/contracts';
import { parseRows, secretPost, type Database, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { eraseEvidence, saveDetections } from './erase-alert.ts';
import { redactDetection, redactPost, type Redaction } from './redact.ts';

/** Rows that one transaction erases. */
const ROWS_AT_ONCE = 500;

/** The rows to look for. */
export interface Subject {
  /** Null: a post is erased, and its creator stays. */
  readonly creatorId: string | null;
  /** The post to erase, or all posts of the creator that alerts have. */
  readonly threadIds: readonly string[];
  /** Posts in alerts under a hold, which stay. */
  readonly held: readonly string[];
  readonly alertIds: readonly string[];
  /** The post to erase, as tips name it; nulls for a creator. */
  readonly platform: string | null;
  readonly nativeId: string | null;
  readonly link: string | null;
  /** How the log's records name the post or the creator, in JSON. */
  readonly markers: readonly string[];
  readonly redaction: Redaction;
}

interface Part {
  readonly kind: string;
  /** A table and its condition, with fields of the subject as `:creatorId`. */
  readonly from: string;
  /** Erases some of these rows, so that the condition no longer holds for them. Gives how many. */
  readonly erase: (tx: Queryable, subject: Subject, from: string) => Promise<number>;
}

const OF_THREAD = '(creator_id = :creatorId OR thread_id = ANY (:threadIds)) AND thread_id <> ALL (:held)';
const HAS_MARKER = (column: string) =>
  `EXISTS (SELECT FROM unnest(:markers) AS marker WHERE position(marker IN ${column}) > 0)`;

/** The text of a record that waits; of a sealed one its post's place. */
const LATER_TEXT = `(CASE WHEN has_envelope(value) THEN coalesce(place, '') ELSE convert_from(value, 'UTF8') END)`;

const deleteRows: Part['erase'] = async (tx, subject, from) => {
  const [table = ''] = from.split(' ');
  const { rowCount } = await tx.query(
    bind(`DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${from} LIMIT ${ROWS_AT_ONCE})`, subject),
  );
  return rowCount ?? 0;
};

const ofCreator = (kind: string, table: string): Part => ({
  kind,
  from: `${table} WHERE creator_id = :creatorId`,
  erase: deleteRows,
});

const DetectionRow = z.object({ detection: DetectionSchema.nullable() });
const SampleRow = z.object({ threadId: z.string(), post: PostSchema });

const PARTS: readonly Part[] = [
  {
    kind: 'detections without an alert',
    from: `suppressed_detection WHERE (creator_id = :creatorId OR ${HAS_MARKER('detection::text')})`,
    erase: async (tx, subject, from) => {
      const answer = await tx.query(
        bind(
          `DELETE FROM suppressed_detection WHERE ctid IN (SELECT ctid FROM ${from} LIMIT ${ROWS_AT_ONCE})
         RETURNING detection`,
          subject,
        ),
      );
      const rows = parseRows(answer, DetectionRow);
      await eraseEvidence(
        tx,
        rows.flatMap(({ detection }) => (detection === null ? [] : [detection])),
      );
      return rows.length;
    },
  },
  {
    kind: 'findings of re-scans',
    from: `rescan_finding WHERE ${HAS_MARKER('detection::text')}`,
    erase: async (tx, subject, from) => {
      const answer = await tx.query(
        bind(`SELECT DISTINCT ON (detection_id) detection FROM ${from} LIMIT ${ROWS_AT_ONCE}`, subject),
      );
      const rows = parseRows(answer, z.object({ detection: DetectionSchema }));
      const all = { ...subject.redaction, threadIds: null };
      await saveDetections(
        tx,
        `UPDATE rescan_finding f SET detection = new.detection
         FROM unnest($1::text[], $2::json[]) AS new (id, detection) WHERE f.detection_id = new.id`,
        rows.map(({ detection }) => redactDetection(detection, all)),
      );
      return rows.length;
    },
  },
  {
    kind: 'posts drawn for review',
    from: `review_sample WHERE erased_at IS NULL AND ${OF_THREAD}`,
    erase: async (tx, subject, from) => {
      const answer = await tx.query(
        bind(`SELECT thread_id AS "threadId", post FROM ${from} LIMIT ${ROWS_AT_ONCE} FOR UPDATE`, subject),
      );
      const rows = parseRows(answer, SampleRow);
      await eraseSamples(tx, rows, subject.redaction.pseudonym);
      return rows.length;
    },
  },
  { kind: 'ends of captions', from: `caption_ending WHERE ${OF_THREAD}`, erase: deleteRows },
  {
    kind: 'tips',
    from: `tip WHERE erased_at IS NULL AND (alert_id = ANY (:alertIds) OR (platform = :platform AND native_id = :nativeId)
      OR :link = ANY (links))`,
    erase: async (tx, subject, from) => {
      const { rowCount } = await tx.query(
        bind(
          `UPDATE tip SET ${BLANK_TIP} WHERE ctid IN (SELECT ctid FROM ${from} LIMIT ${ROWS_AT_ONCE})`,
          subject,
        ),
      );
      return rowCount ?? 0;
    },
  },
  {
    kind: 'records to be tried again',
    from: `record_later WHERE (key = :creatorId OR ${HAS_MARKER(LATER_TEXT)})`,
    erase: deleteRows,
  },
  ofCreator('tiers', 'creator_tier'),
  ofCreator('changes of tiers', 'creator_tier_change'),
  ofCreator('pins of tiers', 'tier_pin'),
  ofCreator('tiers to decide', 'tier_to_decide'),
  ofCreator('look-backs', 'look_back'),
  ofCreator('accounts heard', 'account_heard'),
  ofCreator('counts of posts', 'creator_post_count'),
  ofCreator('silences', 'silence'),
];

/** A tip keeps its class, its state and its verdict. */
export const BLANK_TIP = `links = '{erased}', platform = NULL, instance = NULL, native_id = NULL, seen = '', contact = NULL,
  reason = CASE WHEN reason IS NOT NULL THEN 'erased' END, erased_at = clock_timestamp()`;

/** Takes the content out of drawn posts. Draw, probability and answer stay. */
export async function eraseSamples(
  tx: Queryable,
  samples: readonly z.infer<typeof SampleRow>[],
  pseudonym: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE review_sample s SET post = new.post, creator_id = coalesce($3, creator_id), erased_at = clock_timestamp()
     FROM unnest($1::text[], $2::json[]) AS new (id, post) WHERE s.thread_id = new.id`,
    [
      samples.map(({ threadId }) => threadId),
      samples.map(({ post }) => secretPost(redactPost(post, pseudonym))),
      pseudonym,
    ],
  );
}

/** Counts, by kind, what {@link eraseRest} would erase. */
export async function countRest(db: Queryable, subject: Subject): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, from } of PARTS) {
    const answer = await db.query(bind(`SELECT count(*)::integer AS n FROM ${from}`, subject));
    counts.set(kind, parseRows(answer, z.object({ n: z.int() }))[0]?.n ?? 0);
  }
  return counts;
}

/** Erases it, at most {@link ROWS_AT_ONCE} rows in a transaction. */
export async function eraseRest(store: Database, subject: Subject): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, from, erase } of PARTS) {
    let erased = 0;
    let some: number;
    do {
      some = await store.transaction((tx) => erase(tx, subject, from));
      erased += some;
    } while (some > 0);
    counts.set(kind, erased);
  }
  return counts;
}

/** The types of the fields that conditions name. */
const FIELDS = {
  creatorId: 'text',
  threadIds: 'text[]',
  held: 'text[]',
  alertIds: 'text[]',
  platform: 'text',
  nativeId: 'text',
  link: 'text',
  markers: 'text[]',
} as const;

/** Puts the subject's fields in the places that name them. */
function bind(named: string, subject: Subject): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  let text = named;
  for (const [name, type] of Object.entries(FIELDS)) {
    if (!named.includes(`:${name}`)) continue;
    values.push(Object.entries(subject).find(([field]) => field === name)?.[1]);
    text = text.replaceAll(`:${name}`, `$${values.length}::${type}`);
  }
  return { text, values };
}
