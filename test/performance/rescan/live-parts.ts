import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import { createIngest, loadIngestConfig, type IngestApp } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig } from '@leakwatch/matcher';
import { silentLogger } from '@leakwatch/runtime';
import { type Scene } from '../../../services/rescan/test/support/scene.ts';

export interface LiveParts {
  readonly ingest: IngestApp;
  stop(): Promise<void>;
}

/** Starts every service of a live post in this process, over the scene's log. */
export async function startLiveParts(scene: Scene): Promise<LiveParts> {
  const shared = {
    store: scene.store,
    log: scene.log,
    metrics: scene.metrics,
    logger: silentLogger(),
    clock: () => new Date(),
  };
  const ingest = createIngest({ ...shared, config: loadIngestConfig({}) });
  const parts = [
    createAlerting({ ...shared, config: loadAlertingConfig({}), terminal: null }),
    createMatcher({ ...shared, config: loadMatcherConfig({}) }),
    ingest,
  ];
  for (const part of parts) await part.start();
  return {
    ingest,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
