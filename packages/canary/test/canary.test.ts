import { createImageEngine, IMAGE_ENGINE } from '@leakwatch/image-matching';
import { CANARY_CAMPAIGN_ID, SubmittedPostSchema } from '@leakwatch/contracts';
import { compileWatchList, matchFingerprint, matchText, textOfSubmitted } from '@leakwatch/matching';
import { expect, it } from 'vitest';
import { canaryCampaign, canaryPicture, canarySubmission } from '../index.ts';

it('is found by its text, once, as it is written', () => {
  const post = SubmittedPostSchema.parse(canarySubmission('1', new Date(), true));
  const list = compileWatchList({ version: 1, campaigns: [canaryCampaign(null)] });
  expect(list.warnings).toEqual([]);
  const found = matchText(list, textOfSubmitted(post));
  expect(found).toMatchObject([{ campaignId: CANARY_CAMPAIGN_ID, itemId: 'term', how: ['exact'] }]);
});

it('is found by its picture, which is the same every time', async () => {
  const engine = await createImageEngine({ workers: 1 });
  try {
    const { data } = await engine.fingerprint(canaryPicture());
    const registered = await engine.register(canaryPicture());
    const campaign = canaryCampaign({ engine: IMAGE_ENGINE, fingerprint: registered.data });
    const list = compileWatchList({ version: 1, campaigns: [campaign] });
    const found = await matchFingerprint(list, { lane: 'image', images: [{ mediaIndex: 0, data }] });
    expect(found).toMatchObject([{ campaignId: CANARY_CAMPAIGN_ID, itemId: 'picture', confidence: 1 }]);
  } finally {
    await engine.close();
  }
});
