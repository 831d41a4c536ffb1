import { migrate } from '@leakwatch/store';
import { openOlderTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listTransitions } from '../../desk/queries/list-transitions.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';

const OPEN = 'a'.repeat(64);
const JUDGED_TWICE = 'b'.repeat(64);

let store: TestStore;
beforeAll(async () => {
  store = await openOlderTestStore(7);
});
afterAll(async () => {
  await store.drop();
});

it('alerts from before they had a life keep what was decided of them, and live on', async () => {
  await store.pool.query(
    `INSERT INTO alert (id, creator_id, campaign_id, episode, tier, tier_reasons, severity, state, rule_id, ruleset_hash, matcher,
       opened_at, updated_at, due_at, detection_latency_ms, pipeline_latency_ms, first_published_at, last_published_at)
     SELECT id, 'mara', 'aurora', episode, 1, '{}', 'high', state, 'leaked-term', repeat('0', 64), 'text',
       '2026-11-20T09:00Z', '2026-11-20T09:00Z', '2026-11-20T13:00Z', 0, 0, '2026-11-20T09:00Z', '2026-11-20T09:00Z'
     FROM (VALUES ($1, 1, 'open'), ($2, 2, 'resolved')) AS old (id, episode, state)`,
    [OPEN, JUDGED_TWICE],
  );
  await store.pool.query(
    `INSERT INTO alert_verdict (alert_id, verdict, reason, given_by, given_at)
     VALUES ($1, 'confirmed', 'looks like it', 'ana', '2026-11-20T10:00Z'),
            ($1, 'false-positive', 'a namesake', 'ben', '2026-11-20T11:00Z')`,
    [JUDGED_TWICE],
  );

  await migrate(store.pool);
  expect(await loadAlertLife(store.pool, OPEN)).toMatchObject({
    state: 'open',
    resolution: null,
    resolveDueAt: null,
    escalatesAt: null,
  });
  expect(await loadAlertLife(store.pool, JUDGED_TWICE)).toMatchObject({
    state: 'resolved',
    resolution: 'false-positive',
    resolvedAt: new Date('2026-11-20T11:00:00Z'),
  });
  const moves = await listTransitions(store.pool, JUDGED_TWICE);
  expect(
    moves.map(({ move, from, to, by, reason }) => `${move} ${from} → ${to} by ${by}: ${reason}`),
  ).toEqual([
    'opened null → open by leakwatch: rule leaked-term',
    'verdict-given open → resolved by ana: confirmed: looks like it',
    'verdict-given resolved → resolved by ben: false-positive: a namesake',
  ]);
});
