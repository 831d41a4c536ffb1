/** Erasure by creator and by post, on a real Postgres, with everything that leakwatch keeps of a person. */
import { FAULTLESS } from '@leakwatch/estimates';
import { type LogDatabase } from '@leakwatch/event-log/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { detectionRecord, type DetectionTraits } from '../support/detections.ts';
import { detectionWithEvidence, fillEverything, LINK, NATIVE } from '../support/everything-kept.ts';
import { findInTables } from '../support/find-in-tables.ts';
import { CREATORS, CAMPAIGNS, NOW, openScene, until, type Scene } from '../support/scene.ts';
import { erase, planErasure } from '../../desk/erasure/erase.ts';
import { eraseOldCases } from '../../desk/erasure/erase-old-cases.ts';
import { findPostByAddress } from '../../desk/erasure/find-subject.ts';
import { holdEvidence } from '../../desk/evidence/hold-evidence.ts';
import { secretBytes } from '@leakwatch/store';
import { listEvidence } from '../../desk/queries/evidence-list.ts';
import { readStanding } from '../../measure/read-standing.ts';
import { loadReport } from '../../measure/report/load-report.ts';

const HOUR_MS = 3_600_000;
let scene: Scene;
let database: LogDatabase;

beforeAll(async () => {
  scene = await openScene();
  const { store } = scene;
  database = {
    query: (text, values) => store.pool.query(text, values),
    secret: secretBytes,
    listen: (channel, onNotify) => store.listen(channel, onNotify),
  };
  await scene.start({ config: { sampling: { uniformShare: 1, seed: 'a test' } } });
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.clear();
  for (const table of [
    'evidence_hold',
    'kept_media',
    'kept_bytes',
    'review_sample',
    'tip',
    'erasure',
    'blob',
  ]) {
    await scene.store.pool.query(`DELETE FROM ${table}`);
  }
  await scene.store.pool.query(
    `UPDATE log_record SET value = '', headers = '{"leakwatch-erased": "1"}', key = 'gone'`,
  );
});

const withEvidence = (traits: DetectionTraits & { creatorId: string }) =>
  detectionWithEvidence(scene.store, traits);
const fill = () => fillEverything(scene, ['mara', 'nils']);

const report = async () => {
  const { pool } = scene.store;
  const { precision, recall, review } = await loadReport(pool, {
    ...(await readStanding(pool, { rulesFile: undefined, quietMs: () => HOUR_MS })),
    scope: { since: null, until: null, campaignId: null },
    reviewers: { alerts: FAULTLESS, samples: FAULTLESS },
    target: 0.8,
    at: NOW,
  });
  return { precision, recall, review };
};
const byCreator = (creatorId: string) => ({ kind: 'creator', creatorId }) as const;
const ask = { by: 'ana', reason: 'they asked' };
const place = (nativeId: string) => ({ platform: 'instagram', instance: 'instagram.com', nativeId });

/** Everything that leads to mara but her own id. */
const TRACES = [
  'the words of mara',
  'the picture of mara',
  'upload of mara',
  'secret-of-mara',
  'handle-of-mara',
  `${NATIVE}-mara`,
  `${LINK}-mara`,
  'about mara',
];

describe('an erasure by creator', () => {
  it('leaves no trace of them, all of the others, and the same figures', async () => {
    await fill();
    const before = await report();
    const tables = new Set((await Promise.all(TRACES.map((word) => findInTables(scene.store, word)))).flat());
    for (const table of [
      'alert_occurrence',
      'alert_outbox',
      'suppressed_detection',
      'kept_bytes',
      'blob',
      'log_record',
      'review_sample',
      'tip',
    ]) {
      expect(tables, table).toContain(table);
    }
    const plan = await planErasure(scene.store, database, byCreator('mara'));
    expect(plan).toMatchObject({ held: [], open: [] });
    expect(await report()).toEqual(before);

    const { counts } = await erase(scene.store, database, { wish: byCreator('mara'), ...ask });
    for (const word of TRACES) expect(await findInTables(scene.store, word), word).toEqual([]);
    // The watch list of today is the brand's own, and its tiers are decided again.
    expect(await findInTables(scene.store, 'mara')).toEqual(
      (await findInTables(scene.store, 'mara')).filter((table) =>
        ['watch_list_version', 'creator_tier', 'creator_tier_change'].includes(table),
      ),
    );
    expect(Object.fromEntries(counts)).toMatchObject({
      alerts: 2,
      'findings in alerts': 3,
      evidence: 3,
      'detections without an alert': 1,
      'posts drawn for review': 2,
      tips: 1,
      'records of posts': 2,
      'records of detections': 4,
      pictures: 1,
    });
    const planned = Object.fromEntries([...plan.counts].filter(([kind]) => !/tiers/.test(kind)));
    expect(Object.fromEntries(counts)).toMatchObject(planned);
    expect(await report()).toEqual(before);

    for (const word of TRACES) {
      const others = await findInTables(scene.store, word.replace('mara', 'nils'));
      expect(others.length, word).toBeGreaterThan(0);
    }
    const again = await erase(scene.store, database, { wish: byCreator('mara'), ...ask });
    expect([...again.counts.keys()].filter((kind) => !/tiers/.test(kind))).toEqual([]);
  });

  it('keeps away what was observed before it, and counts on from there with what comes later', async () => {
    const first = await withEvidence({ creatorId: 'mara', nativeId: 'first' });
    await scene.detect(first);
    const [known] = await scene.alerts();
    await erase(scene.store, database, { wish: byCreator('mara'), ...ask });
    // A record of Kafka that a re-scan reads again, and one that was under way.
    await scene.detect(first, await withEvidence({ creatorId: 'mara', nativeId: 'late' }));
    await scene.detect(await withEvidence({ creatorId: 'mara', nativeId: 'weak', confidence: 0.1 }));
    expect((await scene.alerts()).map(({ id }) => id)).toEqual([known!.id]);
    expect(await findInTables(scene.store, 'secret-of-mara')).toEqual(['log_record']);

    const observedAt = new Date(Date.now() + HOUR_MS).toISOString();
    await scene.detect(await withEvidence({ creatorId: 'mara', nativeId: 'new', observedAt }));
    const mara = (await scene.alerts()).filter(({ creatorId }) => creatorId === 'mara');
    expect(mara).toMatchObject([{ episode: 2 }]);
  });

  it('does not touch alerts under a hold, their posts and their evidence', async () => {
    await fill();
    const held = (await scene.alerts()).find(
      (one) => one.creatorId === 'mara' && one.campaignId === 'borealis',
    )!;
    await holdEvidence(scene.store, held.id, { reason: 'in court', by: 'ana' });
    const { counts, held: kept } = await erase(scene.store, database, { wish: byCreator('mara'), ...ask });
    expect(kept).toEqual([held.id]);
    expect(counts.get('alerts')).toBe(1);
    const alert = (await scene.alerts()).find(({ id }) => id === held.id)!;
    expect(alert).toEqual(held);
    expect(await listEvidence(scene.store.pool, held.id, { verify: true })).toMatchObject([
      { form: 'post', record: { intact: true }, media: [{ intact: true }] },
    ]);
    expect(await findInTables(scene.store, `${NATIVE}-mara`)).toContain('log_record');
    expect(await findInTables(scene.store, 'second-mara')).not.toContain('log_record');
  });

  it('takes them out of earlier watch lists', async () => {
    await scene.setWatchList(CAMPAIGNS, [...CREATORS, { id: 'petra', name: 'Petra the Great' }]);
    await scene.setWatchList(CAMPAIGNS);
    const { counts } = await erase(scene.store, database, { wish: byCreator('petra'), ...ask });
    expect(counts.get('earlier watch lists')).toBe(1);
    expect(await findInTables(scene.store, 'Petra the Great')).toEqual([]);
  });
});

describe('an erasure by post', () => {
  it('erases it everywhere, and none of the creator’s other posts', async () => {
    await fill();
    const before = await report();
    const found = await findPostByAddress(scene.store.pool, database, `${LINK}-mara`);
    expect(found).toMatchObject(place(`${NATIVE}-mara`));
    const wish = { kind: 'post', place: found!, link: `${LINK}-mara` } as const;
    const { counts } = await erase(scene.store, database, { wish, ...ask });
    expect(Object.fromEntries(counts)).toMatchObject({
      alerts: 2,
      'findings in alerts': 2,
      evidence: 2,
      tips: 1,
    });
    for (const word of [
      `${NATIVE}-mara`,
      `${LINK}-mara`,
      'upload of mara',
      `the picture of mara, ${NATIVE}`,
    ]) {
      expect(await findInTables(scene.store, word), word).toEqual([]);
    }
    expect(await findInTables(scene.store, 'second-mara')).toContain('alert_occurrence');
    expect((await scene.alerts()).map(({ creatorId }) => creatorId).sort()).toEqual([
      'mara',
      'mara',
      'nils',
      'nils',
    ]);
    expect(await report()).toEqual(before);
  });

  it('does nothing to a post under a hold', async () => {
    await scene.detect(await withEvidence({ creatorId: 'mara', nativeId: NATIVE }));
    const [alert] = await scene.alerts();
    await holdEvidence(scene.store, alert!.id, { reason: 'in court', by: 'ana' });
    const wish = { kind: 'post', place: place(NATIVE), link: null } as const;
    const result = await erase(scene.store, database, { wish, ...ask });
    expect(result).toMatchObject({ held: [alert!.id] });
    expect(result.counts.size).toBe(0);
    expect(await scene.alerts()).toEqual([alert]);
  });
});

describe('old cases', () => {
  it('lose what creators wrote and keep who they were about', async () => {
    await fill();
    const before = await report();
    expect(await eraseOldCases(scene.store, new Date(NOW.getTime() - HOUR_MS))).toBe(false);
    while (await eraseOldCases(scene.store, new Date(Date.now() + HOUR_MS))) continue;
    const holding = new Set(
      (await Promise.all(TRACES.map((word) => findInTables(scene.store, word)))).flat(),
    );
    for (const table of [
      'alert',
      'alert_occurrence',
      'alert_outbox',
      'alert_verdict',
      'alert_transition',
      'review_sample',
      'tip',
    ]) {
      expect(holding, table).not.toContain(table);
    }
    expect((await scene.alerts()).map(({ creatorId }) => creatorId).sort()).toEqual([
      'mara',
      'mara',
      'nils',
      'nils',
    ]);
    expect(await report()).toEqual(before);
  });
});

describe('records of the log', () => {
  it('that were erased keep their places, and their readers go on', async () => {
    const one = await withEvidence({ creatorId: 'mara', nativeId: 'first' });
    await scene.detect(one);
    await erase(scene.store, database, { wish: byCreator('mara'), ...ask });
    await scene.store.pool.query(`UPDATE consumer_offset SET "offset" = 0 WHERE topic = 'detections'`);
    const { app } = await scene.start();
    await scene.publish(detectionRecord(await withEvidence({ creatorId: 'nils', nativeId: 'n' })));
    await until(async () => (await scene.alerts()).some(({ creatorId }) => creatorId === 'nils'));
    await app.stop();
    let letters = 0;
    for await (const records of scene.log.replay({ topic: 'dead-letters' }))
      letters += records.filter(({ value }) => value.length > 0).length;
    expect(letters).toBe(0);
  });
});
