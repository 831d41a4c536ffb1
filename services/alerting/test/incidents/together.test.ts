import { EVENTS, type Detection, type RevisionScan } from '@leakwatch/contracts';
import { encodeEvent } from '@leakwatch/event-log';
import { type Queryable } from '@leakwatch/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listSuppressions } from '../../judge/queries/list-suppressions.ts';
import { recordIncidents } from '../../incidents/record-incidents.ts';
import { followCampaigns } from '../../judge/watched-campaigns.ts';
import { alertCaseOf } from '../support/cases.ts';
import { detection, revisionScan } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const CREATORS = Array.from({ length: 40 }, (_, nth) => `creator-${nth}`);

/** All kinds of happenings of one creator, in their order. */
function lifeOf(creatorId: string): (Detection | RevisionScan)[] {
  const one = (nativeId: string, traits: Parameters<typeof detection>[0] = {}) =>
    detection({ creatorId, nativeId: `${creatorId}-${nativeId}`, ...traits });
  const edited = one('edited', { revision: 2 });
  return [
    one('first'),
    one('first', { itemId: 'price' }),
    one('first', { kind: 'asset', itemId: 'render' }),
    one('first', { campaignId: 'borealis', confidence: 0.8 }),
    one('unsure', { confidence: 0.01 }),
    one('unknown', { campaignId: 'nobody' }),
    one('edited'),
    edited,
    revisionScan({ creatorId, nativeId: `${creatorId}-edited`, revision: 2, found: [edited] }),
    revisionScan({ creatorId, nativeId: `${creatorId}-first`, revision: 2 }),
    // Comes after the revision that no longer has it.
    one('first', { itemId: 'slogan' }),
    { ...one('old', { campaignId: 'evergreen' }), rescanJobId: 'job-1' },
    one('first'),
    one('allowed', { text: 'Counting down with Quillon Ember ✨ #ad' }),
    // Opens an incident that does not stand any more.
    revisionScan({ creatorId, nativeId: `${creatorId}-late`, revision: 2, op: 'delete' }),
    one('late', { campaignId: 'evergreen', publishedAt: '2026-11-10T09:00:00.000Z' }),
  ];
}

/** All that the database holds of one creator. */
async function outcomeOf(creatorId: string) {
  const { rows: alerts } = await scene.store.pool.query<{ id: string }>(
    'SELECT * FROM alert WHERE creator_id = $1 ORDER BY id',
    [creatorId],
  );
  const ids = alerts.map(({ id }) => id);
  const of = async (text: string) =>
    (await scene.store.pool.query<Record<string, unknown>>(text, [ids])).rows;
  const unknown = detection({ creatorId, nativeId: `${creatorId}-unknown`, campaignId: 'nobody' });
  return {
    alerts,
    occurrences: await of(
      `SELECT alert_id, detection_id, detection, removed_at, removed_by, link, confidence FROM alert_occurrence
       WHERE alert_id = ANY ($1) ORDER BY position`,
    ),
    evidence: await of('SELECT * FROM evidence WHERE alert_id = ANY ($1) ORDER BY detection_id'),
    transitions: await of(
      'SELECT alert_id, move, from_state, to_state, reason FROM alert_transition WHERE alert_id = ANY ($1) ORDER BY id',
    ),
    acts: await of('SELECT alert_id, act FROM response_act WHERE alert_id = ANY ($1) ORDER BY id'),
    told: await of(
      `SELECT id, alert_id, change, alert, quiet FROM alert_outbox WHERE alert_id = ANY ($1) ORDER BY seq`,
    ),
    suppressed: await listSuppressions(scene.store.pool, unknown.post.id),
  };
}

describe('detections of many creators at once', () => {
  it('come to the same as one after the other', async () => {
    const lives = CREATORS.map(lifeOf);
    // The first of each, then the second of each: batches with many creators.
    const woven = lives[0]!.flatMap((_, nth) => lives.map((life) => life[nth]!));
    await scene.detect(...woven);
    const together = await outcomeOf(CREATORS[7]!);

    await scene.clear();
    for (const one of lives[7]!) await scene.detect(one);
    expect(together).toEqual(await outcomeOf(CREATORS[7]!));
    expect(together.alerts).toHaveLength(4);
    expect(new Set(together.told.map(({ change }) => change))).toEqual(
      new Set(['opened', 'occurrence-added', 'severity-changed', 'content-removed', 'corrected']),
    );
  });

  it('take as many statements as one', async () => {
    const campaigns = await followCampaigns(scene.store, (error) => {
      throw error;
    });
    const list = await campaigns.atLeast(1);
    await campaigns.stop();
    const casesOf = (post: string) =>
      CREATORS.map((creatorId) =>
        alertCaseOf(detection({ creatorId, nativeId: `${creatorId}-${post}` }), list!, NOW),
      );
    const statements = async (some: ReturnType<typeof casesOf>) => {
      let count = 0;
      const counting = (tx: Queryable): Queryable => ({
        query: (...statement) => {
          count += 1;
          return tx.query(...statement);
        },
      });
      const store = {
        transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
          scene.store.transaction((tx) => work(counting(tx))),
      };
      await recordIncidents(store, some, { clock: () => NOW, episodeGapMs: 3_600_000 });
      return count;
    };
    // Opens an incident of each, then joins it.
    for (const post of ['first', 'second']) {
      const [first, ...others] = casesOf(post);
      expect(await statements(others)).toBe(await statements([first!]));
    }
    const { rows } = await scene.store.pool.query(
      'SELECT change, count(*)::integer FROM alert_outbox GROUP BY change ORDER BY change DESC',
    );
    expect(rows).toEqual([
      { change: 'opened', count: CREATORS.length },
      { change: 'occurrence-added', count: CREATORS.length },
    ]);
  });

  it('do not fail with one that cannot be stored', async () => {
    const records = CREATORS.map((creatorId, nth) => {
      const one = detection({ creatorId, nativeId: creatorId });
      // No column of text holds U+0000.
      return nth === 17 ? { ...one, post: { ...one.post, creatorId: 'a\0b' } } : one;
    });
    await scene.publish(
      ...records.map((one) =>
        encodeEvent(EVENTS.detection, one, {
          id: one.id,
          key: 'one partition',
          source: '/leakwatch/matcher',
          time: NOW,
        }),
      ),
    );
    await scene.settled();
    const alerts = await scene.alerts();
    expect(alerts).toHaveLength(CREATORS.length - 1);
    await until(async () => {
      for await (const letters of scene.log.replay({ topic: 'dead-letters' })) {
        if (letters.some(({ value }) => Buffer.from(value).includes('not-storable'))) return true;
      }
      return false;
    });
  });
});
