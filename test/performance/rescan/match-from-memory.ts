import { type RegisteredCampaign } from '@leakwatch/contracts';
import { type EventLog, type LogRecord } from '@leakwatch/event-log';
import { compileWatchList } from '@leakwatch/matching';
import { createPacer } from '../../../services/rescan/passes/pacer.ts';
import { matchFingerprints } from '../../../services/rescan/passes/steps/match-fingerprints.ts';

const BATCH = 500;

/** Measures fingerprints a second matched from memory, with the first term and asset and a whole processor. */
export async function matchFromMemory(
  log: Pick<EventLog, 'replay'>,
  campaigns: readonly RegisteredCampaign[],
  most: number,
): Promise<number> {
  const batches: (readonly LogRecord[])[] = [];
  for await (const records of log.replay({ topic: 'fingerprints', maxBatchRecords: BATCH })) {
    batches.push(records);
    if (batches.length * BATCH >= most) break;
  }
  const watched = campaigns.slice(0, 1).map((campaign) => ({
    ...campaign,
    terms: campaign.terms.slice(0, 1),
    assets: campaign.assets.slice(0, 1),
  }));
  const list = compileWatchList({ version: 1, campaigns: watched });
  const everything = { id: 'memory', isFor: () => true };
  const began = performance.now();
  for (const batch of batches) await matchFingerprints(batch, list, [everything], createPacer(1));
  const seconds = (performance.now() - began) / 1000;
  return Math.round(batches.reduce((sum, batch) => sum + batch.length, 0) / seconds);
}
