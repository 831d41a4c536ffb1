import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadClosestTiers } from '../queries/load-closest-tiers.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

it('the closest of a creator’s tiers counts: a trusted partner of one campaign may be investigated in another', async () => {
  await store.pool.query(
    `INSERT INTO creator_tier (creator_id, campaign_id, tier, reasons, risk_score, pinned, since, watch_list_version, ruleset_hash)
     SELECT creator, 'c' || tier, tier, '{}', 0, false, now(), 1, ''
     FROM (VALUES ('ana', 5), ('ana', 4), ('ben', 5), ('ben', 1), ('cem', 5)) AS t (creator, tier)`,
  );
  expect(Object.fromEntries(await loadClosestTiers(store.pool))).toEqual({ ana: 4, ben: 1, cem: 5 });
});
