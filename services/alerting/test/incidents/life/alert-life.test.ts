import { type AlertState } from '@leakwatch/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANSWERS,
  deadlinesFrom,
  IllegalMoveError,
  moveAlert,
  type Move,
} from '../../../incidents/life/alert-life.ts';
import { type AlertLife } from '../../../incidents/queries/alert-life-row.ts';
import { minute, openLife } from '../../support/lives.ts';

const DAY = 24 * 60;
const OTHER_ALERT = '0123456789abcdef'.repeat(4);

const open = openLife();
const acknowledged = moveAlert(open, { change: 'acknowledged' }, { by: 'ana', at: minute(10) });
const investigating = moveAlert(acknowledged, { change: 'investigating' }, { by: 'ben', at: minute(20) });
const confirmed = moveAlert(
  investigating,
  { change: 'verdict-given', verdict: 'confirmed' },
  { by: 'ana', at: minute(30) },
);
const duplicate = moveAlert(open, { change: 'merged', into: OTHER_ALERT }, { by: 'ana', at: minute(10) });
const LIVES: Readonly<Record<AlertState, AlertLife>> = {
  open,
  acknowledged,
  investigating,
  resolved: confirmed,
};

function move(life: AlertLife, change: Move, at: Date, by = 'ana'): AlertLife {
  return moveAlert(life, change, { by, at });
}

const snooze = (until: number): Move => ({ change: 'snoozed', until: minute(until) });

describe('a move is allowed or refused by the state of the alert', () => {
  const moves: readonly Move[] = [
    { change: 'acknowledged' },
    { change: 'investigating' },
    { change: 'verdict-given', verdict: 'approved' },
    { change: 'merged', into: OTHER_ALERT },
    { change: 'reopened' },
    { change: 'regressed' },
    snooze(60),
    { change: 'assigned', to: 'ben' },
  ];
  it.each<[AlertState, readonly Move['change'][]]>([
    ['open', ['acknowledged', 'investigating', 'verdict-given', 'merged', 'snoozed', 'assigned']],
    ['acknowledged', ['investigating', 'verdict-given', 'merged', 'snoozed', 'assigned']],
    ['investigating', ['verdict-given', 'merged', 'snoozed', 'assigned']],
    ['resolved', ['verdict-given', 'reopened', 'regressed']],
  ])('%s', (state, allowed) => {
    const possible = moves.filter((one) => {
      try {
        move(LIVES[state], one, minute(40));
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(IllegalMoveError);
        expect(error).toHaveProperty('name', 'IllegalMoveError');
        return false;
      }
    });
    expect(possible.map(({ change }) => change)).toEqual(allowed);
  });

  it.each<[string, AlertLife, Move, string]>([
    ['resolved', confirmed, { change: 'acknowledged' }, 'it is resolved (confirmed): reopen it first'],
    ['not resolved', open, { change: 'reopened' }, 'it is open, and was not resolved'],
    [
      'not resolved, and found again',
      acknowledged,
      { change: 'regressed' },
      'it is acknowledged, and was not resolved',
    ],
    [
      'answered before',
      investigating,
      { change: 'acknowledged' },
      'it is investigating already, acknowledged by ana: investigate or resolve it',
    ],
    ['not snoozed', open, { change: 'snooze-ended' }, 'it is not snoozed'],
    [
      'a duplicate that is judged',
      duplicate,
      { change: 'verdict-given', verdict: 'confirmed' },
      'it is a duplicate of alert 01234567: judge that one, or reopen this one first',
    ],
    [
      'a duplicate that is found again',
      duplicate,
      { change: 'regressed' },
      'it is a duplicate of alert 01234567, which regresses in its place',
    ],
  ])('the refusal says what is possible: %s', (_name, life, one, message) => {
    expect(() => move(life, one, minute(40))).toThrow(new IllegalMoveError(message));
  });

  it('resolved alerts neither end a snooze nor escalate', () => {
    for (const one of [{ change: 'snooze-ended' }, { change: 'escalated', levels: 3 }] as const) {
      expect(() => move(confirmed, one, minute(1000))).toThrow('reopen it first');
    }
  });
});

describe('the first answer acknowledges', () => {
  const answers: Readonly<Record<(typeof ANSWERS)[number], Move>> = {
    acknowledged: { change: 'acknowledged' },
    investigating: { change: 'investigating' },
    'verdict-given': { change: 'verdict-given', verdict: 'false-positive' },
    merged: { change: 'merged', into: OTHER_ALERT },
  };
  it.each(ANSWERS)('%s', (answer) => {
    expect(move(open, answers[answer], minute(10), 'ben')).toMatchObject({
      acknowledgedAt: minute(10),
      acknowledgedBy: 'ben',
    });
  });

  it('and a later one does not', () => {
    const first = { acknowledgedAt: minute(10), acknowledgedBy: 'ana' };
    expect(move(acknowledged, { change: 'investigating' }, minute(20), 'ben')).toMatchObject(first);
    expect(move(acknowledged, answers['verdict-given'], minute(20), 'ben')).toMatchObject(first);
  });

  it.each<[string, Move]>([
    ['assigning', { change: 'assigned', to: 'ben' }],
    ['snoozing', snooze(60)],
  ])('%s does not', (_name, one) => {
    expect(move(open, one, minute(10))).toMatchObject({ state: 'open', acknowledgedAt: null });
  });
});

describe('the deadline that escalates', () => {
  it('is that of resolving as soon as somebody works on it, from the first level on', () => {
    const late = openLife({ escalationLevel: 2, escalatesAt: null });
    for (const change of ['acknowledged', 'investigating'] as const) {
      expect(move(late, { change }, minute(90))).toMatchObject({
        state: change,
        escalationLevel: 0,
        escalatesAt: minute(240),
        dueAt: minute(30),
      });
    }
  });

  it('does not begin again with a second answer', () => {
    const escalated = { ...acknowledged, escalationLevel: 1, escalatesAt: minute(480) };
    expect(move(escalated, { change: 'investigating' }, minute(300))).toMatchObject({
      state: 'investigating',
      escalationLevel: 1,
      escalatesAt: minute(480),
    });
  });

  it('is gone once it is resolved', () => {
    expect(confirmed).toMatchObject({ state: 'resolved', resolvedAt: minute(30), escalatesAt: null });
  });
});

describe('a verdict', () => {
  it('may correct another, and the time of the first remains', () => {
    expect(move(confirmed, { change: 'verdict-given', verdict: 'false-positive' }, minute(90))).toMatchObject(
      { state: 'resolved', resolution: 'false-positive', resolvedAt: minute(30) },
    );
  });

  it('ends a snooze, as a merge does', () => {
    const asleep = move(open, snooze(60), minute(10));
    const judged = move(asleep, { change: 'verdict-given', verdict: 'approved' }, minute(20));
    expect(judged).toMatchObject({ resolution: 'approved', snoozedUntil: null });
    expect(move(asleep, { change: 'merged', into: OTHER_ALERT }, minute(20))).toMatchObject({
      state: 'resolved',
      resolution: 'duplicate',
      duplicateOf: OTHER_ALERT,
      snoozedUntil: null,
    });
  });
});

describe('an alert opened again', () => {
  const again = {
    state: 'open',
    resolution: null,
    resolvedAt: null,
    duplicateOf: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reopenedAt: minute(500),
    dueAt: minute(530),
    resolveDueAt: minute(740),
    escalationLevel: 0,
    escalatesAt: minute(530),
  };

  it('is as good as new, with all its time', () => {
    const late = { ...confirmed, escalationLevel: 2 };
    expect(move(late, { change: 'reopened' }, minute(500))).toEqual({ ...late, ...again });
    expect(move(duplicate, { change: 'reopened' }, minute(500))).toEqual({ ...duplicate, ...again });
  });

  it('counts how often it happened again by itself', () => {
    const once = move(confirmed, { change: 'regressed' }, minute(500));
    expect(once).toEqual({ ...confirmed, ...again, regressions: 1 });
    const judged = move(once, { change: 'verdict-given', verdict: 'confirmed' }, minute(510));
    expect(move(judged, { change: 'regressed' }, minute(600)).regressions).toBe(2);
  });

  it('keeps its old deadlines where no time was written down', () => {
    const old = openLife({ minutesToAct: null, minutesToResolve: null, resolveDueAt: null });
    expect(deadlinesFrom(old, minute(500))).toMatchObject({ dueAt: minute(30), resolveDueAt: null });
  });
});

describe('a snooze', () => {
  it('puts off both deadlines: all the time begins when it ends', () => {
    expect(move({ ...open, escalationLevel: 1 }, snooze(100), minute(20))).toEqual({
      ...open,
      snoozedUntil: minute(100),
      dueAt: minute(130),
      resolveDueAt: minute(340),
      escalatesAt: minute(130),
      escalationLevel: 0,
    });
  });

  it('never brings a deadline forward', () => {
    const relaxed = openLife({ dueAt: minute(900), resolveDueAt: minute(2000) });
    expect(move(relaxed, snooze(100), minute(20))).toMatchObject({
      dueAt: minute(900),
      resolveDueAt: minute(2000),
      escalatesAt: minute(900),
    });
  });

  it('of an answered alert escalates by the deadline to resolve', () => {
    expect(move(acknowledged, snooze(300), minute(20)).escalatesAt).toEqual(minute(540));
  });

  it('of an alert without times reaches to its end', () => {
    const old = openLife({ minutesToAct: null, minutesToResolve: null, resolveDueAt: null });
    expect(move(old, snooze(100), minute(20))).toMatchObject({ dueAt: minute(100), resolveDueAt: null });
    expect(move({ ...old, resolveDueAt: minute(50) }, snooze(100), minute(20)).resolveDueAt).toEqual(
      minute(100),
    );
  });

  it.each([
    ['in the past', 10, false],
    ['now', 20, false],
    ['in a minute', 21, true],
    ['in 90 days', 20 + 90 * DAY, true],
    ['in 90 days and a minute', 21 + 90 * DAY, false],
  ])('that ends %s', (_name, until, allowed) => {
    const attempt = () => move(open, snooze(until), minute(20));
    if (allowed) expect(attempt().snoozedUntil).toEqual(minute(until));
    else expect(attempt).toThrow('a snooze ends in the future and within 90 days: give another time');
  });

  it('without an end that can be read is refused', () => {
    expect(() => move(open, { change: 'snoozed', until: new Date(Number.NaN) }, minute(20))).toThrow(
      IllegalMoveError,
    );
  });

  it('that ends early brings the deadlines forward again', () => {
    const asleep = move(open, snooze(1000), minute(20));
    expect(move(asleep, { change: 'snooze-ended' }, minute(50))).toEqual({
      ...open,
      snoozedUntil: null,
      dueAt: minute(80),
      resolveDueAt: minute(290),
      escalatesAt: minute(80),
    });
  });

  it('that ends never puts a deadline off', () => {
    const asleep = move(open, snooze(100), minute(20));
    expect(move(asleep, { change: 'snooze-ended' }, minute(500))).toMatchObject({
      dueAt: minute(130),
      resolveDueAt: minute(340),
    });
    const old = openLife({ minutesToAct: null, minutesToResolve: null, resolveDueAt: null });
    expect(move(move(old, snooze(100), minute(20)), { change: 'snooze-ended' }, minute(30))).toMatchObject({
      dueAt: minute(100),
      resolveDueAt: null,
    });
  });
});

describe('escalation', () => {
  const escalate = (life: AlertLife, at: number, levels = 3) =>
    move(life, { change: 'escalated', levels }, minute(at), 'leakwatch');

  it('goes up a level at the deadline, and again after the same time', () => {
    const first = escalate(open, 30);
    expect(first).toEqual({ ...open, escalationLevel: 1, escalatesAt: minute(60) });
    const second = escalate(first, 65);
    expect(second).toMatchObject({ escalationLevel: 2, escalatesAt: minute(95) });
    expect(escalate(second, 95)).toMatchObject({ escalationLevel: 3, escalatesAt: null });
  });

  it('of an answered alert takes the time to resolve', () => {
    expect(escalate(acknowledged, 240)).toMatchObject({ escalationLevel: 1, escalatesAt: minute(480) });
  });

  it('ends at once with a chain of one, or without a time', () => {
    expect(escalate(open, 30, 1).escalatesAt).toBeNull();
    expect(escalate(openLife({ minutesToAct: null }), 30).escalatesAt).toBeNull();
  });

  it('waits for the deadline and for the end of a snooze', () => {
    expect(() => escalate(open, 29)).toThrow('none of its deadlines has passed');
    expect(() => escalate(openLife({ escalatesAt: null }), 999)).toThrow('none of its deadlines has passed');
    expect(() => escalate(move(open, snooze(60), minute(10)), 999)).toThrow(
      'it is snoozed, and waits until that is over',
    );
  });
});

describe('assigning', () => {
  it('gives it to somebody, to another and to nobody, and changes nothing else', () => {
    const bens = move(open, { change: 'assigned', to: 'ben' }, minute(5));
    expect(bens).toEqual({ ...open, assignee: 'ben' });
    expect(move(bens, { change: 'assigned', to: 'cleo' }, minute(6)).assignee).toBe('cleo');
    expect(move(bens, { change: 'assigned', to: null }, minute(6)).assignee).toBeNull();
  });

  it('refuses what is so already', () => {
    expect(() => move(open, { change: 'assigned', to: null }, minute(5))).toThrow('it is not assigned');
    expect(() => move(openLife({ assignee: 'ben' }), { change: 'assigned', to: 'ben' }, minute(5))).toThrow(
      'it is assigned to ben already',
    );
  });
});

it('no order of moves leaves an alert that is both resolved and waiting, or answered without a name', () => {
  const one = fc.oneof(
    fc.constantFrom<Move>(
      { change: 'acknowledged' },
      { change: 'investigating' },
      { change: 'reopened' },
      { change: 'regressed' },
      { change: 'snooze-ended' },
      { change: 'verdict-given', verdict: 'confirmed' },
      { change: 'merged', into: OTHER_ALERT },
      { change: 'escalated', levels: 2 },
    ),
    fc.integer({ min: 1, max: 5000 }).map(snooze),
  );
  const steps = fc.array(fc.tuple(one, fc.integer({ min: 1, max: 300 })), { maxLength: 20 });
  fc.assert(
    fc.property(steps, (list) => {
      let life = openLife();
      let now = 0;
      for (const [next, passed] of list) {
        now += passed;
        try {
          life = move(life, next, minute(now));
        } catch (error) {
          expect(error).toBeInstanceOf(IllegalMoveError);
        }
        const isResolved = life.state === 'resolved';
        expect(life.resolvedAt !== null).toBe(isResolved);
        expect(life.resolution !== null).toBe(isResolved);
        expect(life.duplicateOf !== null).toBe(life.resolution === 'duplicate');
        expect(life.acknowledgedAt !== null).toBe(life.state !== 'open');
        expect(life.acknowledgedBy !== null).toBe(life.state !== 'open');
        if (isResolved) expect(life).toMatchObject({ escalatesAt: null, snoozedUntil: null });
        expect(life.escalationLevel).toBeLessThanOrEqual(2);
      }
    }),
  );
});
