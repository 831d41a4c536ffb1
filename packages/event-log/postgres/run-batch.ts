import { EventLogError } from '../errors.ts';
import { type Batch, type LogRecord } from '../event-log.ts';
import { type LogDatabase } from './database.ts';
import { type GroupMember } from './group-member.ts';
import { type Held, partitionName } from './held-partitions.ts';
import { type ReadLimits, readRecords } from './read-records.ts';

export interface BatchContext {
  readonly database: LogDatabase;
  readonly member: GroupMember;
  readonly limits: ReadLimits;
  readonly handle: (batch: Batch) => Promise<void>;
  readonly report: (error: EventLogError) => void;
  readonly lose: (held: Held, why: string) => void;
}

/** Reads a partition's next records, has them handled and commits them. Never rejects: what fails is tried again later. */
export async function runBatch(context: BatchContext, held: Held): Promise<void> {
  try {
    const { topic, partition, position: from, end: to } = held;
    const records = await readRecords(context.database, { topic, partition, from, to }, context.limits);
    const [first] = records;
    if (first?.offset !== from) {
      throw new EventLogError('offset-trimmed', `${partitionName(held)}: offset ${from} is no longer kept`);
    }
    await handleRecords(context, held, records);
    held.done = first.offset + BigInt(records.length);
    await commitDone(context, held);
    held.failures = 0;
  } catch (error) {
    if (held.lost) return;
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
): Promise<void> {
  const last = held.position + BigInt(records.length) - 1n;
  await context.handle({
    topic: held.topic,
    partition: held.partition,
    records,
    signal: held.abort.signal,
    done(offset) {
      if (offset > last) {
        throw new RangeError(`offset ${offset} is beyond the batch's last, ${last}`);
      }
      if (offset >= held.done) held.done = offset + 1n;
    },
  });
}

/** Commits what has had its effect so far; a partition that turns out to be another member's is given up. */
export async function commitDone({ member, lose }: BatchContext, held: Held): Promise<void> {
  const { done, epoch } = held;
  if (held.lost || done === held.position) return;
  if (await member.commit(held, epoch, done)) {
    if (done > held.position) held.position = done;
  } else {
    lose(held, 'its commit was refused, since another member holds it now');
  }
}

function batchError(held: Held, error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EventLogError('handler-failed', `${partitionName(held)} at ${held.position}: ${message}`, error);
}
