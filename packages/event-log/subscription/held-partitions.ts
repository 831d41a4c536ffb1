import { type Head, type Holding, partitionName, type TopicPartition } from '../adapter/log-source.ts';
import { transition, type Transitions } from '../adapter/transition.ts';
import { EventLogError } from '../port/errors.ts';

/**
 * The states of a partition that this member holds:
 *
 *   idle ──begin──▶ busy ──finish──▶ idle
 *     │              │ └──fail──▶ resting ──wake──▶ idle
 *     └──── lose ────┴──────────────┴──▶ lost
 *
 * - busy: a batch is under way.
 * - resting: the last batch failed, and its next try waits for the back-off.
 * - lost: another member has it. A batch under way is aborted, and nothing is committed any more.
 */
export type HeldState = 'idle' | 'busy' | 'resting' | 'lost';
export type HeldEvent = 'begin' | 'finish' | 'fail' | 'wake' | 'lose';

const TRANSITIONS: Transitions<HeldState, HeldEvent> = {
  idle: { begin: 'busy', lose: 'lost' },
  busy: { finish: 'idle', fail: 'resting', lose: 'lost' },
  resting: { wake: 'idle', lose: 'lost' },
  lost: {},
};

export interface Held extends TopicPartition {
  readonly epoch: bigint;
  readonly abort: AbortController;
  state: HeldState;
  /** The next offset to hand out. Everything before it is committed. */
  position: bigint;
  /** Everything before it has had its effect. It may not be committed yet. */
  done: bigint;
  /** The end of the log as last seen. */
  end: bigint;
  /** The log wants it back once its batch is over: no further batch starts. */
  leaving: boolean;
  /** Failures in a row. */
  failures: number;
  /** When its last batch ended: the partition that waited longest goes first. */
  servedAt: number;
  /** When the records that wait began to wait. */
  waitingSince: number;
}

/** @throws Error for an event that is not allowed in the partition's state */
export function moveHeld(held: Held, event: HeldEvent): void {
  held.state = transition(partitionName(held), TRANSITIONS, held.state, event);
}

/** A partition as it comes into this member's hands. */
export function newlyHeld({ topic, partition, epoch, offset, leaving }: Holding): Held {
  return {
    topic,
    partition,
    epoch,
    leaving,
    state: 'idle',
    position: offset,
    done: offset,
    end: offset,
    abort: new AbortController(),
    failures: 0,
    servedAt: 0,
    waitingSince: 0,
  };
}

/** The partitions of this member, kept in step with what the log says. */
export function createHeldPartitions(onLost: (error: EventLogError) => void) {
  const held = new Map<string, Held>();

  function lose(one: Held, why: string): void {
    if (one.state === 'lost') return;
    const wasBusy = one.state === 'busy';
    moveHeld(one, 'lose');
    held.delete(partitionName(one));
    if (!wasBusy) return;
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

    /** Takes over what the log says this member holds. Returns true where a partition is new here. */
    adopt(holdings: readonly Holding[]): boolean {
      const now = new Map(holdings.map((holding) => [partitionName(holding), holding]));
      for (const [name, one] of [...held]) {
        if (now.get(name)?.epoch !== one.epoch) lose(one, 'another member holds it now');
      }
      let grown = false;
      for (const [name, holding] of now) {
        const known = held.get(name);
        if (known !== undefined) {
          known.leaving = holding.leaving;
          continue;
        }
        grown = true;
        held.set(name, newlyHeld(holding));
      }
      return grown;
    },

    /**
     * Takes over new ends of the log.
     *
     * @returns the partitions whose next record is no longer kept, each with the first offset that is
     */
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
