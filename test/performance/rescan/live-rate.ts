import { createMockSource } from '@leakwatch/ingest';
import { waitUntilDrained } from '../../../services/leakwatch/flow/wait-until-drained.ts';
import { type Scene } from '../../../services/rescan/test/support/scene.ts';
import { historyOptions, type History } from './fill-history.ts';
import { startLiveParts } from './live-parts.ts';

/** Posts that are taken in as fast as they go. */
const POSTS = 10_000;

/**
 * Posts a second that come through ingest, both lanes and alerting, in one process: the same kind of posts as history's, a part of
 * them with a picture, against the same term and asset.
 */
export async function measureLiveRate(scene: Scene, history: History): Promise<number> {
  await scene.watch(
    history.campaigns.slice(0, 1).map((campaign) => ({
      ...campaign,
      terms: campaign.terms.slice(0, 1),
      assets: campaign.assets.slice(0, 1),
    })),
  );
  const live = await startLiveParts(scene);
  const source = createMockSource({ ...historyOptions(history.seed), count: POSTS });
  const began = performance.now();
  await live.ingest.run(source);
  await waitUntilDrained(scene.log, { signal: new AbortController().signal });
  const seconds = (performance.now() - began) / 1000;
  await live.stop();
  return POSTS / seconds;
}
