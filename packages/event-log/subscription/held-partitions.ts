import { type Head, type Holding, partitionName, type TopicPartition } from '../adapter/log-source.ts';
import { transition, type Transitions } from '../adapter/transition.ts';
import { EventLogError } from '../port/errors.ts';
import { type Delay } from '../port/event-log.ts';

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
  /** The furthest end ever seen: after the log was lost, it says how much was in it. */
  furthestEnd: bigint;
  /** The log wants it back once its batch is over: no further batch starts. */
  leaving: boolean;
  /** Failures in a row. */
  failures: number;
  /** When its last batch ended: the partition that waited longest goes first. */
  servedAt: number;
  /** When the records that wait began to wait. */
  waitingSince: number;
  /** When it last got on: a record was finished, or came while none waited. */
  movedAt: number;
  /** Since when its place lies past the end of the log; null where it does not. */
  pastEndSince: number | null;
  /** The log holds other records from here on than this member has read; null where it has not been cut back. */
  cutAt: bigint | null;
}

/** @throws Error for an event that is not allowed in the partition's state */
export function moveHeld(held: Held, event: HeldEvent): void {
  held.state = transition(partitionName(held), TRANSITIONS, held.state, event);
}

const ANEW = 'the topic was deleted and made again';

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
    furthestEnd: offset,
    abort: new AbortController(),
    failures: 0,
    servedAt: 0,
    waitingSince: 0,
    movedAt: performance.now(),
    pastEndSince: null,
    cutAt: null,
  };
}

function earlier(offset: bigint, known: bigint | null): bigint {
  return known !== null && known < offset ? known : offset;
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

  function reportAnew(one: Held): void {
    // At most: the end of the new topic may have been seen before its id was.
    const unread = one.furthestEnd - one.position;
    onLost(
      new EventLogError(
        'offset-trimmed',
        `${partitionName(one)}: ${ANEW}; the group goes on at its start, and at most ${unread} records of the one before are lost unread`,
      ),
    );
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
        const holding = now.get(name);
        if (holding?.epoch === one.epoch) continue;
        if (holding?.isAnew === true) reportAnew(one);
        lose(one, holding?.isAnew === true ? ANEW : 'another member holds it now');
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
        if (one.position === one.end) {
          one.waitingSince = performance.now();
          one.movedAt = one.waitingSince;
        }
        one.end = head.end;
        if (one.end > one.furthestEnd) one.furthestEnd = one.end;
        one.pastEndSince = one.position > one.end ? (one.pastEndSince ?? performance.now()) : null;
        if (head.cutAt !== undefined) one.cutAt = earlier(head.cutAt, one.cutAt);
        if (one.position < head.start) behind.push({ held: one, start: head.start });
      }
      return behind;
    },

    /**
     * Those whose place has lain past the end for this long: the brokers lost what this member had read. A new leader may tell an
     * end that is too low for a moment.
     */
    pastEnd(forMs: number, now = performance.now()): Held[] {
      return [...held.values()].filter(
        ({ pastEndSince }) => pastEndSince !== null && now - pastEndSince >= forMs,
      );
    },

    /** Those under which the log has been cut back. No batch of them starts until they are set right. */
    cutBack: (): { held: Held; cutAt: bigint }[] =>
      [...held.values()].flatMap((one) => (one.cutAt === null ? [] : [{ held: one, cutAt: one.cutAt }])),

    /** How long the partition that has waited longest has not got on. A place past the end of the log waits, too. */
    delay(now = performance.now()): Delay {
      let slowest: Held | undefined;
      for (const one of held.values()) {
        if (one.position === one.end) continue;
        if (slowest === undefined || one.movedAt < slowest.movedAt) slowest = one;
      }
      if (slowest === undefined) return { forMs: 0, reason: null };
      const { position, end } = slowest;
      const place = position > end ? `is past its end, ${end}` : `is behind its end, ${end}`;
      return { forMs: now - slowest.movedAt, reason: `${partitionName(slowest)} at ${position} ${place}` };
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
