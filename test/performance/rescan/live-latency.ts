import { setTimeout as sleep } from 'node:timers/promises';
import { EVENTS, type RegisteredCampaign, type WatchListInput } from '@leakwatch/contracts';
import { decodeEvent, eventTypeName } from '@leakwatch/event-log';
import { createMockSource } from '@leakwatch/ingest';
import { type Scene } from '../../../services/rescan/test/support/scene.ts';
import { type History } from './fill-history.ts';
import { startLiveParts } from './live-parts.ts';

type CampaignInput = WatchListInput['campaigns'][number];

const RATE = 40;
const SECONDS = 30;
/** Many posts leak, so that there are latencies to measure. */
const LEAK_SHARE = 0.5;
const SEED = 8;
/** Share of one processor for the re-scan: the default. */
const SHARE = 25;

/** Measures live latency, from intake to the detection in the log, with and without a re-scan beside it. */
export async function measureLiveLatency(
  scene: Scene,
  history: History,
  say: (line: string) => void,
): Promise<void> {
  const live = createMockSource({
    seed: SEED,
    ratePerSecond: RATE,
    leakShare: LEAK_SHARE,
    imageShare: 0,
    count: RATE * SECONDS,
  });
  // Watch the names of the history and of the live posts.
  const seen = createMockSource({ seed: SEED, ratePerSecond: 1 })
    .watchList()
    .campaigns.map((campaign) => ({
      ...campaign,
      id: `live-${campaign.id}`,
      assets: [],
    }));
  await scene.watch([...history.campaigns, ...seen.map(registered)]);
  const parts = await startLiveParts(scene);

  const measure = async (what: string, name: string) => {
    const from = await scene.log.endOffsets('detections');
    await parts.ingest.run({ ...live, name, instance: name });
    await sleep(3000);
    const latencies: number[] = [];
    for await (const records of scene.log.replay({ topic: 'detections', from })) {
      for (const record of records) {
        if (eventTypeName(record) !== EVENTS.detection.type) continue;
        const detection = decodeEvent(record, EVENTS.detection);
        if (detection.rescanJobId !== null) continue;
        latencies.push(record.appendedAt.getTime() - Date.parse(detection.post.observedAt));
      }
    }
    latencies.sort((a, b) => a - b);
    const at = (share: number) =>
      latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
    say(`  ${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, n = ${latencies.length}`);
  };
  say(`live latency at ${RATE} posts/s, all services in one process, taken in → detection in the log:`);
  await measure('without a re-scan', 'quiet');
  const worker = await scene.work({
    LEAKWATCH_RESCAN_SHARE: String(SHARE),
    LEAKWATCH_RESCAN_SETTLE_S: '3600',
  });
  const job = await scene.ask({ dryRun: true });
  await scene.until(job, 'running');
  await measure(`with one (share ${SHARE} %)`, 'busy');
  await worker.stop();
  await parts.stop();
}

function registered({ id, name, terms }: CampaignInput): RegisteredCampaign {
  return { id, name, sensitivity: 'normal', terms: terms ?? [], assets: [], approvedPosts: [] };
}
