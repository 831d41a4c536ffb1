import { describe, expect, it } from 'vitest';
import { type Head, type Holding } from '../../adapter/log-source.ts';
import { type EventLogError } from '../../port/errors.ts';
import {
  createHeldPartitions,
  type Held,
  type HeldEvent,
  type HeldState,
  moveHeld,
  newlyHeld,
} from '../../subscription/held-partitions.ts';

function holding(partition: number, change: Partial<Holding> = {}): Holding {
  return { topic: 'posts', partition, offset: 5n, epoch: 1n, leaving: false, ...change };
}

function head(partition: number, start: bigint, end: bigint): Head {
  return { topic: 'posts', partition, start, end };
}

function scene(...holdings: Holding[]) {
  const errors: EventLogError[] = [];
  const held = createHeldPartitions((error) => void errors.push(error));
  const grown = held.adopt(holdings);
  const one = (partition: number): Held => {
    const found = held.all().find((candidate) => candidate.partition === partition);
    if (found === undefined) throw new Error(`partition ${partition} is not held`);
    return found;
  };
  return { errors, held, grown, one };
}

describe('the states of a held partition', () => {
  const allowed = new Map<string, HeldState>([
    ['idle begin', 'busy'],
    ['busy finish', 'idle'],
    ['busy fail', 'resting'],
    ['resting wake', 'idle'],
    ['idle lose', 'lost'],
    ['busy lose', 'lost'],
    ['resting lose', 'lost'],
  ]);
  const states: readonly HeldState[] = ['idle', 'busy', 'resting', 'lost'];
  const events: readonly HeldEvent[] = ['begin', 'finish', 'fail', 'wake', 'lose'];

  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))(
    '%s, on %s: moves as the table says, and refuses every other event',
    (state, event) => {
      const one = { ...newlyHeld(holding(3)), state };
      const next = allowed.get(`${state} ${event}`);
      if (next === undefined) {
        expect(() => moveHeld(one, event)).toThrow(`posts/3: no "${event}" while "${state}"`);
      } else {
        moveHeld(one, event);
        expect(one.state).toBe(next);
      }
    },
  );
});

describe('held partitions', () => {
  it('begin idle, where the group goes on', () => {
    const { grown, one } = scene(holding(2, { offset: 7n, epoch: 4n, leaving: true }));
    expect(grown).toBe(true);
    expect(one(2)).toMatchObject({
      state: 'idle',
      position: 7n,
      done: 7n,
      end: 7n,
      epoch: 4n,
      leaving: true,
    });
    expect(one(2)).toMatchObject({ failures: 0, servedAt: 0, waitingSince: 0 });
  });

  it('keep what they know while the log says the same, and take over that they are wanted back', () => {
    const { held, one } = scene(holding(0));
    one(0).position = 9n;
    expect(held.adopt([holding(0, { offset: 5n, leaving: true })])).toBe(false);
    expect(one(0)).toMatchObject({ position: 9n, leaving: true });
    expect(held.adopt([holding(0), holding(1)])).toBe(true);
    expect(one(0).leaving).toBe(false);
  });

  it('are lost when they are missing or come back in another epoch', () => {
    const { held, one } = scene(holding(0), holding(1));
    const [gone, renewed] = [one(0), one(1)];
    expect(held.adopt([holding(1, { epoch: 2n, offset: 8n })])).toBe(true);
    expect([gone.state, renewed.state]).toEqual(['lost', 'lost']);
    expect(held.all()).toHaveLength(1);
    expect(one(1)).toMatchObject({ epoch: 2n, position: 8n, state: 'idle' });
  });

  it('abort the batch under way when they are lost, say so once, and are silent when they were idle', () => {
    const { errors, held, one } = scene(holding(0), holding(1));
    const [busy, idle] = [one(0), one(1)];
    moveHeld(busy, 'begin');
    held.lose(busy, 'another member holds it now');
    held.lose(busy, 'again');
    held.lose(idle, 'another member holds it now');
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'partition-lost: posts/0: another member holds it now',
    ]);
    expect(busy.abort.signal.reason).toBe(errors[0]);
    expect(idle.abort.signal.aborted).toBe(false);
    expect(held.all()).toEqual([]);
  });

  it('are all lost at the end', () => {
    const { errors, held, one } = scene(holding(0), holding(1));
    moveHeld(one(1), 'begin');
    held.loseAll('the subscription has ended');
    expect(held.all()).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual(['posts/1: the subscription has ended']);
  });

  it('take over new ends, and tell which begin before what is kept', () => {
    const { held, one } = scene(holding(0), holding(1), holding(2));
    const behind = held.advance([head(0, 0n, 12n), head(1, 6n, 9n), head(2, 5n, 5n), head(3, 0n, 1n)]);
    expect(behind).toEqual([{ held: one(1), start: 6n }]);
    expect([0, 1, 2].map((partition) => one(partition).end)).toEqual([12n, 9n, 5n]);
  });

  it('remember since when records wait: since the first that came while none waited', () => {
    const { held, one } = scene(holding(0));
    held.advance([head(0, 0n, 6n)]);
    const since = one(0).waitingSince;
    expect(since).toBeGreaterThan(0);
    one(0).waitingSince = 1;
    held.advance([head(0, 0n, 8n)]);
    expect(one(0).waitingSince).toBe(1);
  });

  it('tell the one that waited longest: behind the end, or past it', () => {
    const { held, one } = scene(holding(0), holding(1), holding(2));
    expect(held.delay()).toEqual({ forMs: 0, reason: null });
    held.advance([head(0, 0n, 6n), head(1, 0n, 3n)]);
    one(0).movedAt = 1000;
    one(1).movedAt = 4000;
    expect(held.delay(5000)).toEqual({ forMs: 4000, reason: 'posts/0 at 5 is behind its end, 6' });
    one(0).movedAt = 4500;
    expect(held.delay(5000)).toEqual({ forMs: 1000, reason: 'posts/1 at 5 is past its end, 3' });
  });

  it('lie past the end for as long as every look says so', () => {
    const { held, one } = scene(holding(0));
    const far = performance.now() + 60_000;
    held.advance([head(0, 0n, 9n)]);
    expect(held.pastEnd(30_000, far)).toEqual([]);
    held.advance([head(0, 0n, 3n)]);
    expect(held.pastEnd(30_000)).toEqual([]);
    expect(held.pastEnd(30_000, far)).toEqual([one(0)]);
    held.advance([head(0, 0n, 5n)]);
    expect(held.pastEnd(30_000, far)).toEqual([]);
  });

  it('begin anew in a topic that was made again, and tell how many records were lost unread', () => {
    const { errors, held, one } = scene(holding(0), holding(1));
    held.advance([head(0, 0n, 12n)]);
    // The new topic may show before it is known to be another one.
    held.advance([head(0, 0n, 0n)]);
    held.adopt([holding(0, { epoch: 2n, offset: 0n, isAnew: true }), holding(1)]);
    expect(one(0).position).toBe(0n);
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'offset-trimmed: posts/0: the topic was deleted and made again; the group goes on at its start, and at most 7 records of the one before are lost unread',
    ]);
  });

  it('are told by topic, in order', () => {
    const { held } = scene(holding(2), holding(10), holding(1), holding(0, { topic: 'alerts' }));
    expect(held.assignment()).toEqual(
      new Map([
        ['posts', [1, 2, 10]],
        ['alerts', [0]],
      ]),
    );
  });
});
