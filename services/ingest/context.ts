import { type Logger, type Metrics } from '@leakwatch/runtime';
import { type IngestConfig } from './config.ts';
import {
  type PipelineParts,
  type PreparedBatch,
  type PublishedBatch,
  type PublishOptions,
} from './pipeline.ts';

/** Parts that all ways into ingest share: the pipeline, and its one publisher. */
export interface IngestContext {
  readonly parts: PipelineParts;
  readonly config: IngestConfig;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly publish: (batch: PreparedBatch, options: PublishOptions) => Promise<PublishedBatch>;
}
