import { expect, it } from 'vitest';
import {
  CANARY_CAMPAIGN_ID,
  CANARY_PLATFORM,
  isCanaryCreator,
  isCanaryPost,
  unregisteredCreatorId,
  WatchListSchema,
} from '../index.ts';

it('a watch list names no campaign like the canary: nothing of it would count', () => {
  const refused = WatchListSchema.safeParse({ campaigns: [{ id: CANARY_CAMPAIGN_ID, name: 'Ours' }] });
  expect(refused.error?.issues).toMatchObject([{ path: ['campaigns', 0, 'id'] }]);
});

it('the canary is known by its platform, and by the creator id that ingest gives an account there', () => {
  expect(isCanaryPost({ platform: CANARY_PLATFORM })).toBe(true);
  expect(isCanaryPost({ platform: 'mastodon' })).toBe(false);
  expect(isCanaryCreator(unregisteredCreatorId(CANARY_PLATFORM, 'local', 'a'))).toBe(true);
  expect(isCanaryCreator(unregisteredCreatorId('mastodon', 'local', 'a'))).toBe(false);
});
