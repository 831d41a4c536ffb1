import { type DeadLetter } from '@leakwatch/contracts';
import { createIngest, loadIngestConfig } from '@leakwatch/ingest';
import { createMetrics, readSettings, silentLogger } from '@leakwatch/runtime';
import { type ServiceContext } from './host.ts';

/** Takes dead letters in again, each by an ingest of its own: the process may have none. */
export function takeAgainWith(
  context: Pick<ServiceContext, 'store' | 'log' | 'clock'>,
): (letter: DeadLetter, payload: Uint8Array) => Promise<void> {
  const { store, log, clock } = context;
  return async (letter, payload) => {
    const { ingest: config } = readSettings({ ingest: loadIngestConfig }, process.env);
    const metrics = createMetrics({ processMetrics: false });
    const ingest = createIngest({ store, log, metrics, logger: silentLogger(), config, clock });
    await ingest.start();
    try {
      await ingest.replay(letter, payload);
    } finally {
      await ingest.stop();
    }
  };
}
