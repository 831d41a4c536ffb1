import { EventLogError } from '@leakwatch/event-log';
import { StoreError, type Queryable } from '@leakwatch/store';
import { type IngestContext } from './context.ts';
import { checkItems, prepareBatch, type PreparedBatch } from './pipeline.ts';
import { savePoll } from './queries/account-polls.ts';
import { registerSource } from './queries/register-source.ts';
import { saveSourceCheckpoint } from './queries/save-source-checkpoint.ts';
import { type Source, type SourceItem } from './sources/source.ts';
import { collectBatches } from './steps/collect-batches.ts';
import { addCounts, noCounts, type IngestCounts } from './steps/count-outcomes.ts';
import { retryUntilDurable } from './durable/retry-until-durable.ts';
import { settle, unwrap } from './steps/settle.ts';
import { STAGE } from './steps/write-dead-letters.ts';

export interface RunOptions {
  /** Stops the run as `stop` does: after everything already pulled is durable. */
  readonly signal?: AbortSignal;
  /** Called for each batch once it is durable. */
  readonly onProgress?: (counts: Readonly<IngestCounts>) => void;
}

export interface IngestSummary extends Readonly<IngestCounts> {
  readonly source: string;
  /** True if the source ended; false if the run was stopped. */
  readonly ended: boolean;
}

/**
 * Takes a source's posts from where it was left. One batch is published while the next is prepared, and no more is pulled,
 * so the source goes at the pace of the log.
 */
export async function runSource(
  source: Source,
  options: RunOptions & { readonly signal: AbortSignal },
  context: IngestContext,
): Promise<IngestSummary> {
  const { parts, config } = context;
  const counts = noCounts();
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);

  /** A permanent failure ends the source at once; otherwise it might wait long for its next post. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await retryUntilDurable(work, { signal, onFailure: reportFailureTo(context) });
    } catch (error) {
      failure.abort();
      throw error;
    }
  };
  const publish = async (items: readonly SourceItem[], batch: PreparedBatch) => {
    const record = (tx: Queryable) => commitCheckpoint(tx, source.name, items);
    addCounts(counts, postsIn(items).length, await context.publish(batch, { record }));
    options.onProgress?.({ ...counts });
  };

  const checkpoint = await attempt(() => registerSource(parts.store.pool, source));
  let publishing = settle(Promise.resolve());
  for await (const items of collectBatches(source.read(checkpoint, signal), config.batch, () => publishing)) {
    const checks = checkItems(postsIn(items));
    const prepared = await settle(attempt(() => prepareBatch(source, checks, parts)));
    unwrap(await publishing);
    publishing = settle(attempt(() => publish(items, unwrap(prepared))));
  }
  unwrap(await publishing);
  return { source: source.name, ...counts, ended: !signal.aborted };
}

/** The items that hold posts. */
function postsIn(items: readonly SourceItem[]): readonly SourceItem[] {
  return items.filter((item) => item.poll === undefined);
}

async function commitCheckpoint(tx: Queryable, name: string, items: readonly SourceItem[]): Promise<void> {
  const checkpoint = items.findLast((item) => item.checkpoint !== null)?.checkpoint ?? null;
  if (checkpoint !== null) await saveSourceCheckpoint(tx, name, checkpoint);
  for (const { poll } of items) if (poll !== undefined) await savePoll(tx, poll);
}

export function reportFailureTo({ metrics, logger }: IngestContext) {
  return (error: Error, attempt: number) => {
    const reason = error instanceof StoreError || error instanceof EventLogError ? error.code : 'unexpected';
    metrics.stageFailures.inc({ stage: STAGE, reason });
    logger.warn({ reason, attempt, error: error.message }, 'a batch of posts could not be made durable');
  };
}
