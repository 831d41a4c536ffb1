import { type Tier } from '@leakwatch/contracts';
import { listLookBacks, loadCurrentWatchList } from '@leakwatch/store';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { loadBuiltInRuleset } from '../../judge/load-ruleset.ts';
import { indexCampaigns } from '../../judge/watched-campaigns.ts';
import { detection } from '../support/detections.ts';
import { CAMPAIGNS, CREATORS, NOW, openScene, until, type Scene } from '../support/scene.ts';
import { createTierDecider, type TierDecider } from '../../tiers/decide-tiers.ts';
import { pinTier, unpinTier } from '../../tiers/pin-tier.ts';
import { listKeptTiers } from '../../tiers/queries/kept-tiers.ts';
import { listTierChanges } from '../../tiers/queries/tier-changes.ts';

const DAY = 24 * 3_600_000;
/** The app decides tiers once, as it starts; then the tests decide them. */
const NEVER = { pollMs: 24 * 3_600_000 };

let scene: Scene;
let now: Date;
beforeAll(async () => {
  scene = await openScene();
  now = NOW;
  await scene.start({ config: { tiers: NEVER }, clock: () => now });
  await until(
    async () => (await listKeptTiers(scene.store.pool)).length === CAMPAIGNS.length * CREATORS.length,
  );
  await decideAll();
});
afterAll(() => scene.close());
beforeEach(async () => {
  now = NOW;
  await scene.clear();
  await scene.setWatchList(CAMPAIGNS);
});

async function decider(ruleset = loadBuiltInRuleset()): Promise<TierDecider> {
  const campaigns = indexCampaigns((await loadCurrentWatchList(scene.store.pool))!);
  const campaignsNow = { current: () => campaigns };
  return createTierDecider(scene.store, {
    campaigns: campaignsNow,
    ruleset: () => ruleset,
    clock: () => now,
  });
}

/** Decides until nothing is left to decide, and waits while another process is deciding. */
async function decideAll(one?: TierDecider): Promise<void> {
  const which = one ?? (await decider());
  await until(async () => (await which.turn()) === 0);
}

async function tierOf(creatorId: string, campaignId = 'aurora'): Promise<Tier | undefined> {
  const tiers = await listKeptTiers(scene.store.pool, { creatorIds: [creatorId] });
  return tiers.find((kept) => kept.campaignId === campaignId)?.tier;
}

/** A creator's moves for a campaign: `1→4 alert`. */
async function movesOf(creatorId: string, campaignId = 'aurora'): Promise<string[]> {
  return (await listTierChanges(scene.store.pool, creatorId))
    .filter((change) => change.campaignId === campaignId)
    .map(({ fromTier, toTier, cause }) => `${fromTier ?? ''}→${toTier} ${cause}`);
}

async function lookBacksOf(creatorId: string): Promise<number> {
  return (await listLookBacks(scene.store.pool, creatorId)).length;
}

async function leak(creatorId = 'mara'): Promise<string> {
  await scene.detect(detection({ creatorId, nativeId: `of-${creatorId}`, kind: 'asset', itemId: 'render' }));
  return (await scene.alerts()).find((alert) => alert.creatorId === creatorId)!.id;
}

async function confirm(alertId: string): Promise<void> {
  const verdict = { alertId, verdict: 'confirmed', reason: 'it is', givenBy: 'ines' } as const;
  await giveVerdict(scene.store, verdict, () => now);
}

describe("creators' tiers", () => {
  it('are decided for everyone and every campaign when there is a watch list, with the reasons', async () => {
    await decideAll();
    expect(await tierOf('mara')).toBe(1);
    expect(await tierOf('mara', 'borealis')).toBe(3);
    expect(await tierOf('leaky')).toBe(3);
    expect(await movesOf('leaky')).toEqual(['→3 first']);
    const [change] = await listTierChanges(scene.store.pool, 'leaky');
    expect(change).toMatchObject({
      reasons: ['leaked before', '+20 leaked before'],
      riskScore: 20,
      rulesetHash: loadBuiltInRuleset().hash,
    });
  });

  it('follow the watch list: who is changed moves, who is gone is forgotten, the moves stay', async () => {
    await decideAll();
    await scene.setWatchList(CAMPAIGNS, [{ id: 'mara', risk: { partnerships: 0 } }]);
    await decideAll();
    expect(await movesOf('mara')).toEqual(['→1 first', '1→2 watch-list']);
    expect(await tierOf('leaky')).toBeUndefined();
    expect(await movesOf('leaky')).toEqual(['→3 first']);
  });

  it('follow the ruleset', async () => {
    await decideAll();
    const stricter = compileRuleset(
      BUILT_IN_RULESET.replace('when: creator.registered && risk.score >= 20', 'when: creator.registered'),
    );
    await decideAll(await decider(stricter));
    expect(await movesOf('mara')).toEqual(['→1 first', '1→2 ruleset']);
  });

  it('go to 4 with a serious alert and, once it is confirmed, back step by step as time passes', async () => {
    await decideAll();
    const alertId = await leak();
    await decideAll();
    expect(await tierOf('mara', 'evergreen')).toBe(4);
    await confirm(alertId);
    await decideAll();
    for (let days = 0; days < 100; days += 1) {
      now = new Date(now.getTime() + DAY);
      await decideAll();
    }
    // Confirmed leaks keep a creator in focus for 90 days, longer than both steps down.
    expect(await movesOf('mara')).toEqual(['→1 first', '1→4 alert', '4→3 verdict', '3→1 time']);
    const [, investigated, focused] = await listTierChanges(scene.store.pool, 'mara').then((changes) =>
      changes.filter(({ campaignId }) => campaignId === 'aurora'),
    );
    expect(investigated?.reasons).toContain('a serious alert is open');
    expect(focused?.reasons).toContain('+20 one confirmed leak in 90 days');
  });

  it('go down by way of 3 and 2 after a false alarm, each step at its time', async () => {
    await decideAll();
    const alertId = await leak();
    await decideAll();
    const verdict = { alertId, verdict: 'false-positive', reason: 'an old render', givenBy: 'ines' } as const;
    await giveVerdict(scene.store, verdict, () => now);
    await decideAll();
    for (const days of [13, 14, 43, 44]) {
      now = new Date(NOW.getTime() + days * DAY);
      await decideAll();
    }
    expect(await movesOf('mara')).toEqual(['→1 first', '1→4 alert', '4→3 verdict', '3→2 time', '2→1 time']);
  });

  it('go with the alert that comes next, which says why', async () => {
    await leak();
    await scene.detect(detection({ campaignId: 'evergreen', nativeId: 'p2', confidence: 0.4 }));
    const alerts = await scene.alerts();
    expect(alerts.find(({ campaignId }) => campaignId === 'evergreen')).toMatchObject({
      tier: 4,
      ruleId: 'investigated-creator',
    });
    const { rows } = await scene.store.pool.query(
      "SELECT tier_reasons FROM alert WHERE campaign_id = 'evergreen'",
    );
    expect(rows).toEqual([{ tier_reasons: ['a serious alert is open'] }]);
  });
});

describe('a look back', () => {
  it('is asked for once when a creator enters tier 4, at the threshold of that tier', async () => {
    await decideAll();
    await leak();
    await decideAll();
    await scene.detect(
      detection({ kind: 'asset', itemId: 'render', nativeId: 'p2', campaignId: 'borealis' }),
    );
    await decideAll();
    expect(await listLookBacks(scene.store.pool, 'mara')).toMatchObject([
      { since: new Date(NOW.getTime() - 30 * DAY), minConfidence: 0.35 },
    ]);
  });

  it('is asked for again when they enter it again', async () => {
    await decideAll();
    const alertId = await leak();
    await decideAll();
    await confirm(alertId);
    await decideAll();
    now = new Date(NOW.getTime() + DAY);
    const publishedAt = new Date(NOW.getTime() + DAY / 2).toISOString();
    await scene.detect(
      detection({ kind: 'asset', itemId: 'render', nativeId: 'p9', publishedAt, campaignId: 'evergreen' }),
    );
    await decideAll();
    expect(await lookBacksOf('mara')).toBe(2);
  });
});

describe('a pin', () => {
  const request = { creatorId: 'leaky', campaignId: 'aurora', by: 'ines' };
  const pinned = (tier: Tier, days: number) => ({
    ...request,
    tier,
    reason: 'spoke with them',
    expiresAt: new Date(now.getTime() + days * DAY),
  });

  it('sets the tier for one campaign, and the rules decide again when it expires', async () => {
    await decideAll();
    await pinTier(scene.store, pinned(1, 7), now);
    await decideAll();
    expect(await tierOf('leaky', 'evergreen')).toBe(3);
    now = new Date(NOW.getTime() + 7 * DAY);
    await decideAll();
    expect(await movesOf('leaky')).toEqual(['→3 first', '3→1 pin', '1→3 time']);
    const changes = await listTierChanges(scene.store.pool, 'leaky');
    expect(changes.find(({ cause }) => cause === 'pin')?.reasons[0]).toContain('pinned by ines until');
  });

  it('is replaced by a newer one, and can be taken off once', async () => {
    await decideAll();
    await pinTier(scene.store, pinned(1, 7), now);
    await pinTier(scene.store, pinned(2, 7), now);
    await decideAll();
    await unpinTier(scene.store, request, now);
    await decideAll();
    expect(await movesOf('leaky')).toEqual(['→3 first', '3→2 pin', '2→3 unpin']);
    await expect(unpinTier(scene.store, request, now)).rejects.toThrow('has no pin');
  });

  it('is refused for whom the watch list does not have, without a reason, or in the past', async () => {
    const refused = (change: object) => pinTier(scene.store, { ...pinned(1, 7), ...change }, now);
    await expect(refused({ creatorId: 'nobody' })).rejects.toThrow('no creator `nobody`');
    await expect(refused({ campaignId: 'nothing' })).rejects.toThrow('no campaign `nothing`');
    await expect(refused({ reason: ' ' })).rejects.toThrow('a reason');
    await expect(refused({ expiresAt: now })).rejects.toThrow('expire later');
  });
});

describe('two processes that decide at once', () => {
  it('make each move, and each look back, once', async () => {
    await decideAll();
    for (const { id } of CREATORS) await leak(id);
    await Promise.all(Array.from({ length: 4 }, async () => decideAll()));
    await decideAll();
    for (const { id } of CREATORS) {
      expect((await movesOf(id)).filter((move) => move.endsWith('→4 alert'))).toHaveLength(1);
      expect(await lookBacksOf(id)).toBe(1);
    }
  });
});

describe('a condition that breaks on one creator', () => {
  it('leaves that one where they are, says why, and keeps no other waiting', async () => {
    await decideAll();
    const breaking = compileRuleset(
      BUILT_IN_RULESET.replace('risk.score >= 20', '20 / (creator.partnerships - 2) > 0'),
    );
    await decideAll(await decider(breaking));
    const [nils] = await listKeptTiers(scene.store.pool, { creatorIds: ['nils'], campaignId: 'aurora' });
    expect(nils?.tier).toBe(1);
    expect(nils?.reasons[0]).toContain('could not be decided');
    expect(await movesOf('mara')).toEqual(['→1 first', '1→2 ruleset']);
  });
});
