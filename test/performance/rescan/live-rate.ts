import { createMockSource } from '@leakwatch/ingest';
import { waitUntilDrained } from '../../../services/leakwatch/flow/wait-until-drained.ts';
import { type Scene } from '../../../services/rescan/test/support/scene.ts';
import { historyOptions, type History } from './fill-history.ts';
import { startLiveParts } from './live-parts.ts';

/** Number of posts to take in at full speed. */
const POSTS = 10_000;

/**
 * Measures posts a second through ingest, both lanes and alerting in one process. Posts, term and asset are of the same kind as in
 * the history; part of the posts have a picture.
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
