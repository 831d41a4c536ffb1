import { CreatorSchema } from '@leakwatch/contracts';
import { loadCurrentWatchList, saveWatchList, type Queryable, type Store } from '@leakwatch/store';
import { type Scene } from './scene.ts';

export interface HistorySize {
  readonly incidents: number;
  readonly creators: number;
  readonly posts: number;
}

/** Words of the captions: `RARE_WORD` stands in one of a thousand. */
export const RARE_WORD = 'zirconium';
const PLATFORMS = ['instagram', 'tiktok', 'youtube', 'x', 'bluesky'];

/**
 * Fills a scene with history by copies of one incident. Half of the incidents wait, a third is resolved, and the rest is being
 * worked on or sleeps. It takes about a second for every 20,000 incidents and every 50,000 posts.
 */
export async function fillHistory(
  scene: Pick<Scene, 'raise' | 'store'>,
  { incidents, creators, posts }: HistorySize,
): Promise<void> {
  const { store } = scene;
  await watchCreators(store, creators);
  const text = 'the caption of the pattern: Quillon Ember';
  const pattern = await scene.raise({ creatorId: 'creator-1', text });
  await store.transaction(async (tx) => {
    // An incident begins as open: these are given their states at once.
    await tx.query('ALTER TABLE alert DISABLE TRIGGER USER');
    await inParts(
      tx,
      incidents - 1,
      [pattern, creators],
      `INSERT INTO alert SELECT copy.* FROM alert a, generate_series($1::integer, $2::integer) AS n,
       jsonb_populate_record(a, jsonb_build_object(
         'id', ${ID}, 'creator_id', 'creator-' || (n % $4 + 1), 'episode', n + 1,
         'campaign_id', CASE WHEN n % 3 = 0 THEN 'borealis' ELSE 'aurora' END,
         'tier', n % 5 + 1, 'severity', (ARRAY['low', 'medium', 'high', 'critical'])[n % 4 + 1],
         'violation', (ARRAY['early-post', 'leaked-image', 'undisclosed-price', 'missing-disclosure'])[n % 4 + 1],
         'opened_at', ${OPENED}, 'updated_at', ${OPENED}, 'first_published_at', ${OPENED}, 'last_published_at', ${OPENED},
         'due_at', ${OPENED} + interval '10 days', 'detection_latency_ms', 2000 + n % 7200 * 1000
       ) || CASE WHEN n % 6 < 3 THEN '{}' WHEN n % 6 = 3 AND n % 4 = 0 THEN jsonb_build_object('snoozed_until', now() + interval '1 day')
         WHEN n % 6 = 3 THEN jsonb_build_object('state', 'acknowledged', 'acknowledged_at', ${OPENED}, 'acknowledged_by', 'ana',
           'assignee', 'analyst-' || n % 12, 'resolve_due_at', ${OPENED} + interval '20 days')
         ELSE jsonb_build_object('state', 'resolved', 'resolution', (ARRAY['confirmed', 'false-positive', 'approved'])[n % 3 + 1],
           'resolved_at', ${OPENED} + interval '1 hour', 'escalates_at', null) END) AS copy
       WHERE a.id = $3`,
    );
    await tx.query('ALTER TABLE alert ENABLE TRIGGER USER');
    await tx.query(
      `INSERT INTO alert_transition (alert_id, move, from_state, to_state, made_by, reason, made_at)
       SELECT id, 'opened', NULL::text, 'open', 'leakwatch', 'rule ' || rule_id, opened_at FROM alert WHERE id <> $1
       UNION ALL SELECT id, CASE state WHEN 'resolved' THEN 'verdict-given' ELSE 'acknowledged' END, 'open', state, 'ana', 'seen', opened_at
         FROM alert WHERE state <> 'open'`,
      [pattern],
    );
    await tx.query(
      `INSERT INTO alert_verdict (alert_id, verdict, reason, given_by, given_at)
       SELECT id, resolution, 'seen', 'ana', resolved_at FROM alert WHERE state = 'resolved'`,
    );
    await inParts(
      tx,
      incidents - 1,
      [pattern, text, RARE_WORD, PLATFORMS],
      `INSERT INTO alert_occurrence (detection_id, alert_id, thread_id, lane, revision, kind, item_id, detection)
       SELECT ${DETECTION}, ${ID}, ${THREAD}, o.lane, o.revision, o.kind, o.item_id,
         replace(replace(replace(replace(o.detection::text, $4, 'post ' || n || ' ' || CASE WHEN n % 1000 = 0 THEN $5 ELSE md5(n::text) END || ' Quillon Ember'),
           o.detection_id, ${DETECTION}), o.thread_id, ${THREAD}), '"platform":"instagram"',
           '"platform":"' || ($6::text[])[n % 5 + 1] || '"')::json
       FROM alert_occurrence o, generate_series($1::integer, $2::integer) AS n WHERE o.alert_id = $3`,
    );
    await inParts(
      tx,
      incidents - 1,
      [pattern],
      `INSERT INTO evidence (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine,
         watch_list_version, published_at, collected_at, detected_at, preserved_at)
       SELECT ${DETECTION}, ${ID}, e.post_id, ${THREAD}, e.revision, e.form, e.record_sha256, e.lane, e.engine,
         e.watch_list_version, ${OPENED}, ${OPENED}, ${OPENED}, ${OPENED}
       FROM evidence e, generate_series($1::integer, $2::integer) AS n WHERE e.alert_id = $3`,
    );
    await fillPosts(tx, posts, creators);
  });
  // What autovacuum does in the background: without it no plan knows the tables, and none reads an index alone.
  await store.pool.query('VACUUM ANALYZE');
}

/** A statement at once of this many rows ends within the time that a statement has. */
const PART = 20_000;

/** Runs a statement for the numbers from 1 on, `$1` to `$2` at a time. */
async function inParts(tx: Queryable, count: number, values: readonly unknown[], sql: string): Promise<void> {
  for (let from = 1; from <= count; from += PART) {
    await tx.query(sql, [from, Math.min(from + PART - 1, count), ...values]);
  }
}

const ID = `encode(sha256(convert_to('alert ' || n, 'UTF8')), 'hex')`;
const DETECTION = `encode(sha256(convert_to('detection ' || n, 'UTF8')), 'hex')`;
const THREAD = `encode(sha256(convert_to('thread ' || n, 'UTF8')), 'hex')`;
/** Spread over thirty days. */
const OPENED = `date_trunc('milliseconds', now()) - (n % 43200) * interval '1 minute'`;

async function watchCreators(store: Store, count: number): Promise<void> {
  await store.transaction(async (tx) => {
    const current = await loadCurrentWatchList(tx);
    const creators = Array.from({ length: count }, (_one, index) => {
      const id = `creator-${index + 1}`;
      const accounts = [{ platform: PLATFORMS[index % PLATFORMS.length], handle: id }];
      return CreatorSchema.parse({
        id,
        name: `Creator ${index + 1}`,
        accounts,
        risk: { followers: index * 37 },
      });
    });
    await saveWatchList(tx, { campaigns: current?.campaigns ?? [], creators });
  });
}

/** Posts in the log, and what ingest, the scans and the tiers note of them. */
async function fillPosts(tx: Queryable, posts: number, creators: number): Promise<void> {
  await inParts(
    tx,
    posts,
    [],
    `INSERT INTO log_record (topic, partition, "offset", key, value, headers, appended_at)
     SELECT 'history', 0, n, '\\x00', convert_to(repeat('a post ', 40), 'UTF8'), '{}', now() FROM generate_series($1::integer, $2::integer) AS n`,
  );
  await inParts(
    tx,
    posts,
    [],
    `INSERT INTO post_thread (thread_id, revision, post_id) SELECT ${THREAD}, 1, ${THREAD} FROM generate_series($1::integer, $2::integer) AS n`,
  );
  await inParts(
    tx,
    posts,
    [],
    `INSERT INTO scanned_revision (thread_id, lane, post_id, revision, op, detection_ids, scanned_at)
     SELECT ${THREAD}, 'text', ${THREAD}, 1, 'update', '{}', now() FROM generate_series($1::integer, $2::integer) AS n`,
  );
  await tx.query(
    `INSERT INTO account_heard (creator_id, platform, instance, account_id, handle, last_heard_at, last_published_at)
     SELECT 'creator-' || n, ($2::text[])[(n - 1) % 5 + 1], '', n::text, 'creator-' || n, now(), now() FROM generate_series(1, $1) AS n`,
    [creators, PLATFORMS],
  );
  await tx.query(
    `INSERT INTO creator_post_count (creator_id, counted, log_partition, log_offset, appended_at)
     SELECT 'creator-' || n, $2::bigint / $1 + 1, 0, n, now() FROM generate_series(1, $1) AS n`,
    [creators, posts],
  );
  await tx.query(
    `INSERT INTO creator_tier (creator_id, campaign_id, tier, reasons, risk_score, pinned, since, watch_list_version, ruleset_hash)
     SELECT 'creator-' || n, c, n % 5 + 1, '{}', n % 100, false, now(), 1, '' FROM generate_series(1, $1) AS n, unnest(ARRAY['aurora', 'borealis']) AS c`,
    [creators],
  );
  await tx.query(
    `INSERT INTO creator_tier_change (creator_id, campaign_id, from_tier, to_tier, cause, reasons, risk_score, ruleset_hash, changed_at)
     SELECT 'creator-' || n, 'aurora', n % 5 + 1, (n + 1) % 5 + 1, 'alert', '{}', 1, '', now() FROM generate_series(1, $1) AS n`,
    [creators],
  );
  await tx.query(
    `SELECT audit_append('ana', 'signed-in', n::text, '{}') FROM generate_series(1, least($1 / 50, 2000)) AS n`,
    [posts],
  );
}
