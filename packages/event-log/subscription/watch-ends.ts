import { type Loop, startLoop } from '@leakwatch/runtime/waiting';
import { type Head, partitionName } from '../adapter/log-source.ts';
import { startDelayClock } from './delay-clock.ts';
import { asEventLogError, EventLogError } from '../port/errors.ts';
import { type Held, type HeldPartitions } from './held-partitions.ts';
import { type BatchContext, commitDone } from './run-batch.ts';

/** How long a place may lie past the end before the group goes back. */
const PAST_END_MS = 30_000;
/** Records that came this lately are read again then: some stand where lost ones stood, and were never read. */
const READ_AGAIN_MS = 3_600_000;

export interface EndWatchOptions {
  readonly topics: readonly string[];
  readonly group: string;
  readonly held: HeldPartitions;
  readonly context: BatchContext;
  readonly pollMs: number;
  /** Whether ends are of interest now. */
  readonly isWanted: () => boolean;
  /** Ends may have moved: batches may start. */
  readonly onLearned: () => void;
}

/** Learns where the log ends: when it is told, and at intervals anyway. */
export function createEndWatch({ topics, group, held, context, ...options }: EndWatchOptions) {
  let loop: Loop | undefined;
  const clock = startDelayClock();

  async function look(): Promise<boolean> {
    if (!options.isWanted()) return false;
    try {
      for (const { held: behind, start } of held.advance(await context.reader.heads(topics))) {
        if (behind.state !== 'busy') await skipTrimmed(behind, start);
      }
      for (const { held: cut, cutAt } of held.cutBack()) if (cut.state !== 'busy') await readAnew(cut, cutAt);
      for (const beyond of held.pastEnd(PAST_END_MS)) if (beyond.state !== 'busy') await readAgain(beyond);
      clock.happened();
    } catch (error) {
      const cause = asEventLogError(error);
      clock.failed(cause);
      context.report(cause);
    }
    options.onLearned();
    return false;
  }

  async function skipTrimmed(one: Held, first: bigint): Promise<void> {
    const what = `${partitionName(one)}: offsets ${one.position} to ${first - 1n} were trimmed unread`;
    context.report(new EventLogError('offset-trimmed', `${what}; group ${group} goes on at ${first}`));
    one.done = first;
    await commitDone(context, one);
  }

  /** The brokers lost records that this member had read, and have had others in their place since. */
  async function readAnew(one: Held, cutAt: bigint): Promise<void> {
    if (one.position > cutAt) {
      const what = `${partitionName(one)} lost the records from offset ${cutAt} on, of which group ${group} had read those before ${one.position}`;
      if (!(await goBack(one, cutAt, `${what}; the group goes on at ${cutAt}`))) return;
    }
    one.cutAt = null;
  }

  async function readAgain(one: Held): Promise<void> {
    const { topic, partition, end, position } = one;
    const lately = await context.reader.offsetsAt(topic, new Date(Date.now() - READ_AGAIN_MS));
    const first = lately.get(partition) ?? end;
    const what = `${partitionName(one)} ends at ${end}, before offset ${position} that group ${group} had reached`;
    const next = `the group goes on at ${first}, with what came in the last hour`;
    if (await goBack(one, first, `${what}; ${next}`)) one.pastEndSince = null;
  }

  /** Returns false where another member has the partition by now. */
  async function goBack(one: Held, first: bigint, why: string): Promise<boolean> {
    // Committed at once: until then another member would wait as long again.
    if (!(await context.member.commit(one, one.epoch, first))) {
      context.lose(one, 'another member holds it now');
      return false;
    }
    context.report(new EventLogError('offset-trimmed', why));
    one.position = first;
    one.done = first;
    return true;
  }

  return {
    start(): void {
      loop = startLoop({
        turn: look,
        pollMs: options.pollMs,
        onError: (error) => context.report(asEventLogError(error)),
      });
    },
    /** Looks soon. */
    wake: () => loop?.wake(),
    /** Takes over ends that the log has told, or looks for them. */
    hear(heads: readonly Head[] | undefined): void {
      if (heads !== undefined) clock.happened();
      // Only a look skips records that were trimmed, or goes back.
      const isDue = heads === undefined || held.advance(heads).length > 0 || held.cutBack().length > 0;
      if (isDue) loop?.wake();
      else options.onLearned();
    },
    delay: clock.read,
    /** Resolves when no look is under way and none will follow. */
    stop: () => loop?.stop() ?? Promise.resolve(),
  };
}
