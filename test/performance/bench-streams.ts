/**
 * Measures how long a leak on Bluesky takes from being posted to its alert, where a stream tells of it and where the account is
 * only polled: on a real PDS, with a stand-in for a Jetstream, all services in one process.
 *
 *   npm run bench:streams [-- LEAKS]            40 leaks by default, each way
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { openStreamedPipeline, type StreamedPipeline } from '../harness/streamed-pipeline.ts';
import { percentile } from './percentiles.ts';

const LEAKS = Number(process.argv[2] ?? 40);
/** Short, so that the bench ends; the wait grows with it and nothing else does. */
const POLL_SECONDS = 5;
const LONGEST_PAUSE_MS = POLL_SECONDS * 1_000;

await measure('streamed', await openStreamedPipeline());
await measure(`polled every ${POLL_SECONDS} s`, await openStreamedPipeline({ pollSeconds: POLL_SECONDS }));

async function measure(way: string, streamed: StreamedPipeline): Promise<void> {
  const times: number[] = [];
  for (let leak = 0; leak < LEAKS; leak += 1) {
    await sleep(LONGEST_PAUSE_MS * Math.random());
    const began = performance.now();
    const { uri } = await streamed.ana.post(`number ${leak}: the Quillon Ember`);
    await alertOf(streamed, uri);
    times.push(performance.now() - began);
  }
  await streamed.close();
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => Math.round(percentile(times, share)));
  console.log(`${way}: ${LEAKS} leaks, posted → alert: p50 ${p50} ms, p95 ${p95} ms, longest ${most} ms`);
}

async function alertOf({ pipeline }: StreamedPipeline, uri: string): Promise<void> {
  for (;;) {
    const alerts = await listAlerts(pipeline.store.pool, { limit: 5 });
    const ids = alerts.flatMap(({ occurrences }) =>
      occurrences.map(({ detection }) => detection.post.nativeId),
    );
    if (ids.includes(uri)) return;
    await sleep(20);
  }
}
