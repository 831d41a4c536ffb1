import { type Logger, type Metrics } from '@leakwatch/runtime';
import { type IngestConfig } from './config.ts';
import {
  type PipelineParts,
  type PreparedBatch,
  type PublishedBatch,
  type PublishOptions,
} from './pipeline.ts';

/** What the ways into ingest share: the parts of the pipeline, and its one publishing end. */
export interface IngestContext {
  readonly parts: PipelineParts;
  readonly config: IngestConfig;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly publish: (batch: PreparedBatch, options: PublishOptions) => Promise<PublishedBatch>;
}
