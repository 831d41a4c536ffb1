import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addTierChanges, saveKeptTiers } from '@leakwatch/alerting/tiers';
import { CreatorSchema, RegisteredCampaignSchema } from '@leakwatch/contracts';
import { addLookBacks, openStore, saveWatchList, type Store } from '@leakwatch/store';
import { BUILT_IN_RULESET } from '@leakwatch/tier-rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const SINCE = new Date('2026-11-20T09:00:00.000Z');
let store: Store;
let dataDir: string;
let rules: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-tiers-'));
  rules = path.join(dataDir, 'rules.yaml');
  store = await openStore({ dataDir });
  await store.transaction(async (tx) => {
    const campaigns = [RegisteredCampaignSchema.parse({ id: 'launch', name: 'Launch', assets: [] })];
    const creators = ['ana', 'ben'].map((id) => CreatorSchema.parse({ id }));
    await saveWatchList(tx, { campaigns, creators });
    await decided(tx, 'ana', 4, 'a serious alert is open');
    await decided(tx, 'ben', 2, 'the risk score reaches 20');
    const lookBack = { id: '0123456789ab', creatorId: 'ana', since: SINCE };
    await addLookBacks(tx, [{ ...lookBack, minConfidence: 0.35, requestedAt: SINCE }]);
  });
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

/** Stores a tier as alerting would. */
async function decided(
  tx: Parameters<typeof saveKeptTiers>[0],
  creatorId: string,
  tier: 2 | 4,
  reason: string,
) {
  const common = {
    creatorId,
    campaignId: 'launch',
    reasons: [reason],
    riskScore: 20,
    rulesetHash: 'f'.repeat(64),
  };
  const basis = { pinned: false, since: SINCE, watchListVersion: 1, changesAt: null };
  await saveKeptTiers(tx, [{ ...common, ...basis, tier }]);
  await addTierChanges(tx, [{ ...common, fromTier: 1, toTier: tier, cause: 'alert', changedAt: SINCE }]);
}

const leakwatch = (...args: string[]) => runLeakwatch([...args, '--data-dir', dataDir]);

it('an analyst sees who is watched how closely and why, and pins a tier', { timeout: 120_000 }, async () => {
  const list = await leakwatch('tiers');
  expect(list.stdout).toMatch(/ana +launch +4 .*a serious alert is open/);
  expect(list.stdout).toMatch(/ben +launch +2 .*the risk score reaches 20/);
  expect((await leakwatch('tiers', 'list', '--tier', '4')).stdout).not.toMatch(/ben/);

  const shown = await leakwatch('tiers', 'show', 'ana');
  expect(shown.stdout).toMatch(/look back 0123456789ab +requested/);
  expect(shown.stdout).toMatch(/tier 1 → 4 +alert +launch +a serious alert is open/);
  expect(await leakwatch('tiers', 'show', 'nobody')).toMatchObject({ code: 2 });

  const pin = ['tiers', 'pin', 'ben', '--campaign', 'launch', '--tier', '5', '--reason', 'met them'];
  expect((await leakwatch(...pin, '--days', '7')).stdout).toMatch(/^tier 5 until /);
  const unpin = ['tiers', 'unpin', 'ben', '--campaign', 'launch'];
  expect(await leakwatch(...unpin)).toMatchObject({ code: 0, stdout: 'the rules decide again\n' });
  const again = await leakwatch(...unpin);
  expect(again).toMatchObject({ code: 2 });
  expect(again.stderr).toContain('has no pin');
});

it('the author of rules tries them before they are in force', { timeout: 120_000 }, async () => {
  await writeFile(rules, BUILT_IN_RULESET.replace('match.kind ==', 'match.knd =='));
  const broken = await runLeakwatch(['rules', 'check', rules]);
  expect(broken.code).toBe(2);
  expect(broken.stderr).toMatch(/rules\.yaml:\d+:\d+: rule `low-sensitivity`: .*No such key: knd/);

  await writeFile(rules, BUILT_IN_RULESET.replace('embargo.hoursLeft < 1.0', 'embargo.hoursLeft < 3.0'));
  expect((await runLeakwatch(['rules', 'check', rules])).code).toBe(0);
  const failing = await runLeakwatch(['rules', 'test', rules]);
  expect(failing.code).toBe(1);
  expect(failing.stdout).toMatch(/FAIL {2}last-hour {2}negative {2}two hours too early/);
  expect((await runLeakwatch(['rules', 'test'])).code).toBe(0);

  const backtest = await leakwatch('rules', 'backtest', rules, '--since', '2026-11-01', '--json');
  expect(JSON.parse(backtest.stdout)).toMatchObject({ detections: 0, alertsBefore: 0, alertsAfter: 0 });
});
