import { EventLogError } from '../port/errors.ts';
import { type Head, type Holding, partitionName, type TopicPartition } from '../adapter/log-source.ts';

/**
 * A partition in this member's hands.
 *
 *   idle ──batch begins──▶ busy ──commit──▶ idle
 *    │                      │ └─handler fails─▶ resting ──back-off──▶ idle
 *    └──────── lost ◀───────┘   (another member has it: `abort` fires, nothing is committed any more)
 */
export interface Held extends TopicPartition {
  readonly epoch: bigint;
  readonly abort: AbortController;
  /** The next offset to hand out; everything before it is committed. */
  position: bigint;
  /** Everything before it has had its effect, committed or not yet. */
  done: bigint;
  /** The end of the log as last seen. */
  end: bigint;
  leaving: boolean;
  busy: boolean;
  lost: boolean;
  /** Failures in a row. */
  failures: number;
  /** Waits for its next try. */
  resting: boolean;
  /** When its last batch ended: the partition that waited longest goes first. */
  servedAt: number;
  /** Since when there are records that are not handed out. */
  waitingSince: number;
}

/** What this member holds, kept in step with what the log says. */
export function createHeldPartitions(onLost: (error: EventLogError) => void) {
  const held = new Map<string, Held>();

  function lose(one: Held, why: string): void {
    if (one.lost) return;
    one.lost = true;
    held.delete(partitionName(one));
    if (!one.busy) return;
    const error = new EventLogError('partition-lost', `${partitionName(one)}: ${why}`);
    one.abort.abort(error);
    onLost(error);
  }

  return {
    all: () => [...held.values()],
    lose,

    loseAll(why: string): void {
      for (const one of [...held.values()]) lose(one, why);
    },

    /** Takes over the log's word. True where a partition is new here. */
    adopt(holdings: readonly Holding[]): boolean {
      const now = new Map(holdings.map((holding) => [partitionName(holding), holding]));
      for (const [name, one] of [...held]) {
        if (now.get(name)?.epoch !== one.epoch) lose(one, 'another member holds it now');
      }
      let grown = false;
      for (const [name, { topic, partition, epoch, offset, leaving }] of now) {
        const known = held.get(name);
        if (known !== undefined) {
          known.leaving = leaving;
          continue;
        }
        grown = true;
        held.set(name, {
          topic,
          partition,
          epoch,
          leaving,
          position: offset,
          done: offset,
          end: offset,
          abort: new AbortController(),
          busy: false,
          lost: false,
          failures: 0,
          resting: false,
          servedAt: 0,
          waitingSince: 0,
        });
      }
      return grown;
    },

    /** Takes over new ends; returns the partitions whose next record is no longer kept, with where the log begins now. */
    advance(heads: readonly Head[]): { held: Held; start: bigint }[] {
      const behind: { held: Held; start: bigint }[] = [];
      for (const head of heads) {
        const one = held.get(partitionName(head));
        if (one === undefined) continue;
        if (one.position === one.end) one.waitingSince = performance.now();
        one.end = head.end;
        if (one.position < head.start) behind.push({ held: one, start: head.start });
      }
      return behind;
    },

    assignment(): Map<string, number[]> {
      const topics = new Map<string, number[]>();
      for (const one of held.values()) {
        topics.set(
          one.topic,
          [...(topics.get(one.topic) ?? []), one.partition].sort((a, b) => a - b),
        );
      }
      return topics;
    },
  };
}

export type HeldPartitions = ReturnType<typeof createHeldPartitions>;
