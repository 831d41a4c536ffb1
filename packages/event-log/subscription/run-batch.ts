import { EventLogError } from '../port/errors.ts';
import { type Batch, type LogRecord } from '../port/event-log.ts';
import { type Held } from './held-partitions.ts';
import { type GroupMember, type LogSource, partitionName, type ReadLimits } from '../adapter/log-source.ts';

export interface BatchContext {
  readonly reader: LogSource['reader'];
  readonly member: GroupMember;
  readonly limits: ReadLimits;
  readonly handle: (batch: Batch) => Promise<void>;
  readonly report: (error: EventLogError) => void;
  readonly lose: (held: Held, why: string) => void;
}

/**
 * Reads a partition's next records, has them handled and commits them. Never rejects: a failure is reported, and
 * the partition is tried again later.
 */
export async function runBatch(context: BatchContext, held: Held): Promise<void> {
  try {
    const { topic, partition, position: from, end: to } = held;
    const { records, next } = await context.reader.read({ topic, partition, from, to }, context.limits);
    const last = records.at(-1);
    if (last !== undefined) await handleRecords(context, held, records, last.offset);
    held.done = next;
    await commitDone(context, held);
    held.failures = 0;
  } catch (error) {
    if (held.state === 'lost') return;
    held.failures += 1;
    context.report(batchError(held, error));
    await commitDone(context, held).catch((commitError: unknown) =>
      context.report(batchError(held, commitError)),
    );
  }
}

async function handleRecords(
  context: BatchContext,
  held: Held,
  records: readonly LogRecord[],
  last: bigint,
): Promise<void> {
  await context.handle({
    topic: held.topic,
    partition: held.partition,
    records,
    signal: held.abort.signal,
    done(offset) {
      if (offset > last) {
        throw new RangeError(`offset ${offset} is past the last offset of the batch, ${last}`);
      }
      if (offset >= held.done) held.done = offset + 1n;
    },
  });
}

/** Commits the effects so far. Gives the partition up when the log refuses, because another member holds it. */
export async function commitDone({ member, lose }: BatchContext, held: Held): Promise<void> {
  const { done, epoch } = held;
  if (held.state === 'lost' || done === held.position) return;
  if (await member.commit(held, epoch, done)) {
    if (done > held.position) held.position = done;
    held.movedAt = performance.now();
  } else {
    lose(held, 'its commit was refused because another member holds it now');
  }
}

function batchError(held: Held, error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EventLogError('handler-failed', `${partitionName(held)} at ${held.position}: ${message}`, error);
}
