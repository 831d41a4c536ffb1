import { alertAsJson, BY_PRIORITY, DEADLINE } from '@leakwatch/alerting/incidents';
import { AlertSchema, CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { QueueGroupSchema, type QueueFilter, type QueueGroup } from '../../schemas/index.ts';
import { writeCursor, type QueueCursor } from '../queue-cursor.ts';
import { groupNumberSql, groupOfNumber, spanEnds } from '../queue-group.ts';
import { conditionOf } from './queue-filter.ts';

/** As the index alert_by_time_left has it. */
const TIME_LEFT = `coalesce(${DEADLINE}, 'infinity'::timestamptz)`;

const ORDERS = {
  'time-left': { key: TIME_LEFT, type: 'timestamptz' },
  newest: { key: `'infinity'::timestamptz`, type: 'timestamptz' },
  priority: { key: BY_PRIORITY, type: 'integer' },
} as const;
type QueueOrder = keyof typeof ORDERS;

export interface QueueQuery {
  readonly filter: QueueFilter;
  readonly order: QueueOrder;
  readonly cursor: QueueCursor | null;
  readonly limit: number;
  readonly at: Date;
  /** The name that `me` stands for. */
  readonly me: string;
}

const PlaceSchema = z.object({ id: z.string(), key: z.string(), opened: z.string() });

/** The ids of one page in their order, and the cursor of the next page. */
export async function listQueueIds(
  db: Queryable,
  { filter, order, cursor, limit, at, me }: QueueQuery,
): Promise<{ readonly ids: readonly string[]; readonly nextCursor: string | null }> {
  const { sql, values } = await conditionOf(db, filter, { at, me });
  const { key, type } = ORDERS[order];
  const take = (value: unknown) => `$${values.push(value)}`;
  const after =
    cursor === null
      ? ''
      : ((key_, opened, id) =>
          `AND ${key} >= ${key_} AND (${key} > ${key_} OR a.opened_at < ${opened} OR (a.opened_at = ${opened} AND a.id > ${id}))`)(
          `${take(cursor[0])}::text::${type}`,
          `${take(cursor[1])}::text::timestamptz`,
          take(cursor[2]),
        );
  const answer = await db.query(
    `SELECT a.id, (${key})::text AS key, a.opened_at::text AS opened FROM alert a
     WHERE ${sql} ${after} ORDER BY ${key}, a.opened_at DESC, a.id LIMIT ${take(limit + 1)}`,
    values,
  );
  const places = parseRows(answer, PlaceSchema);
  const page = places.slice(0, limit);
  const last = page.at(-1);
  const hasMore = places.length > limit && last !== undefined;
  return {
    ids: page.map(({ id }) => id),
    nextCursor: hasMore ? writeCursor([last.key, last.opened, last.id]) : null,
  };
}

const CountSchema = z.object({ number: z.int().nullable(), count: z.int() });

/**
 * How many incidents pass the filter, by group in the queue's order. Tens of thousands of rows are grouped by one number each:
 * names take twice the time.
 */
export async function countQueue(
  db: Queryable,
  { filter, at, me }: Pick<QueueQuery, 'filter' | 'at' | 'me'>,
): Promise<{ readonly group: QueueGroup; readonly count: number }[]> {
  const { sql, values } = await conditionOf(db, filter, { at, me, readsAll: true });
  const ends = `$${values.push(spanEnds(at))}`;
  const text = `SELECT ${groupNumberSql('$1', ends)} AS number, count(*)::integer AS count FROM alert a WHERE ${sql} GROUP BY 1`;
  // Planned for its values, which costs a millisecond: a plan for any values looks up each incident of a common item by itself.
  const answer = await db.query({ text, values });
  const counts = new Map(
    parseRows(answer, CountSchema).map(({ number, count }) => [groupOfNumber(number), count]),
  );
  return QueueGroupSchema.options.flatMap((group) => {
    const count = counts.get(group);
    return count === undefined ? [] : [{ group, count }];
  });
}

/** How many incidents are in all groups. */
export function totalOf(groups: readonly { readonly count: number }[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** As many occurrences as a row of the queue looks at. */
const OCCURRENCES_SHOWN = 5;

const QueueRowSchema = z.object({
  alert: AlertSchema,
  version: z.string(),
  firstPublishedAt: z.date(),
  posts: z.int(),
  occurrences: z.int(),
  standing: z.int(),
  /** How the last finding that is gone went. */
  removedBy: z.enum(['edit', 'delete']).nullable(),
  /** A kept picture of its newest post with one. */
  pictureSha256: z.string().nullable(),
});
export type QueueRow = Readonly<z.infer<typeof QueueRowSchema>>;

/** Incidents by id, in the order of the ids; those that are gone or hidden are left out. */
export async function loadQueueRows(db: Queryable, ids: readonly string[]): Promise<QueueRow[]> {
  if (ids.length === 0) return [];
  const answer = await db.query({
    name: 'console-queue-rows',
    text: `SELECT ${alertAsJson(String(OCCURRENCES_SHOWN))}, a.first_published_at AS "firstPublishedAt",
       (SELECT t.id::text FROM alert_transition t WHERE t.alert_id = a.id ORDER BY t.id DESC LIMIT 1) AS version,
       n.posts, n.occurrences, n.standing, n."removedBy",
       (SELECT m.sha256 FROM evidence e JOIN kept_media m ON m.record_sha256 = e.record_sha256
        WHERE e.alert_id = a.id ORDER BY e.lane = 'image' DESC, e.detected_at DESC, m.media_index LIMIT 1) AS "pictureSha256"
     FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, place)
     JOIN alert a ON a.id = wanted.id
     CROSS JOIN LATERAL (
       SELECT count(DISTINCT o.thread_id)::integer AS posts, count(*)::integer AS occurrences,
         count(*) FILTER (WHERE o.removed_at IS NULL)::integer AS standing,
         (array_agg(o.removed_by ORDER BY o.removed_at DESC) FILTER (WHERE o.removed_at IS NOT NULL))[1] AS "removedBy"
       FROM alert_occurrence o WHERE o.alert_id = a.id
     ) n
     ORDER BY wanted.place`,
    values: [ids],
  });
  return parseRows(answer, QueueRowSchema);
}

const SignsSchema = z.object({ lastHeardAt: z.date().nullable(), lastFoundAt: z.date().nullable() });

/** When a post last came, and when an incident was last opened. */
export async function loadSignsOfLife(db: Queryable): Promise<z.infer<typeof SignsSchema>> {
  const answer = await db.query(
    `SELECT (SELECT max(updated_at) FROM ingest_source) AS "lastHeardAt",
       (SELECT opened_at FROM alert WHERE campaign_id <> $1 ORDER BY opened_at DESC LIMIT 1) AS "lastFoundAt"`,
    [CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, SignsSchema)[0] ?? { lastHeardAt: null, lastFoundAt: null };
}

const ChoicesSchema = z.object({
  campaigns: z.array(z.string()),
  rules: z.array(z.string()),
  assignees: z.array(z.string()),
});

/** The values that occur in incidents which are not resolved. */
export async function loadChoices(db: Queryable): Promise<z.infer<typeof ChoicesSchema>> {
  const answer = await db.query(
    `SELECT coalesce(array_agg(DISTINCT campaign_id), '{}') AS campaigns, coalesce(array_agg(DISTINCT rule_id), '{}') AS rules,
       coalesce(array_agg(DISTINCT assignee) FILTER (WHERE assignee IS NOT NULL), '{}') AS assignees
     FROM alert WHERE state <> 'resolved' AND campaign_id <> $1`,
    [CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, ChoicesSchema)[0] ?? { campaigns: [], rules: [], assignees: [] };
}
