/**
 * The life of an alert. The database refuses what is not drawn here as well (000008-alert-life.sql).
 *
 *                 acknowledged            investigating
 *   ──▶ open ───────────────▶ acknowledged ───────────▶ investigating
 *       ▲ │ └──────────────investigating─────────────────▶ │
 *       │ │                        │                       │
 *       │ └── verdict-given ───────┴───── verdict-given ───┘
 *       │     merged               │      merged
 *       │                          ▼
 *       └─ reopened ◀── resolved (confirmed | false-positive | approved | duplicate)
 *          regressed      └─ verdict-given: another verdict corrects one, but none is given on a duplicate
 *
 *   reopened      by a person
 *   regressed     by itself: it happened again, live (recurrence.ts); never from `duplicate`, whose other alert regresses instead
 *   snoozed       until a time or until it happens again, in any state but resolved, which stays: nothing escalates meanwhile
 *   snooze-ended  deadlines go on from there
 *   escalated     up the chain, when a deadline passes: that of acknowledging while it is open, that of resolving after
 *   assigned      to somebody or nobody, in any state but resolved
 */
import { type AlertState, type VerdictKind } from '@leakwatch/contracts';
import { type AlertLife } from '../queries/alert-life-row.ts';
import { nextDeadline } from './deadlines.ts';

/** The moves of an alert, by the names under which they are told. */
export type Move =
  | { readonly change: 'acknowledged' | 'investigating' | 'reopened' }
  | { readonly change: 'snooze-ended' }
  | { readonly change: 'regressed' }
  | { readonly change: 'verdict-given'; readonly verdict: VerdictKind }
  | { readonly change: 'merged'; readonly into: string }
  | { readonly change: 'snoozed'; readonly until: Date }
  | { readonly change: 'assigned'; readonly to: string | null }
  | { readonly change: 'escalated'; readonly levels: number };

/** A move that the alert's state does not allow. The message says what is possible instead. */
export class IllegalMoveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IllegalMoveError';
  }
}

const UNRESOLVED: readonly AlertState[] = ['open', 'acknowledged', 'investigating'];

const MOVES_FROM: Readonly<Record<Move['change'], readonly AlertState[]>> = {
  acknowledged: ['open'],
  investigating: ['open', 'acknowledged'],
  'verdict-given': [...UNRESOLVED, 'resolved'],
  merged: UNRESOLVED,
  reopened: ['resolved'],
  regressed: ['resolved'],
  snoozed: UNRESOLVED,
  'snooze-ended': UNRESOLVED,
  escalated: UNRESOLVED,
  assigned: UNRESOLVED,
};

/** The states in which a move is allowed. */
export function statesBefore(change: Move['change']): readonly AlertState[] {
  return MOVES_FROM[change];
}

/** The moves that answer an open alert: the first of them acknowledges it. To assign or to snooze it does not. */
export const ANSWERS = [
  'acknowledged',
  'investigating',
  'verdict-given',
  'merged',
] as const satisfies readonly Move['change'][];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A snooze must not become a way to forget. */
const LONGEST_SNOOZE_MS = 90 * DAY_MS;

/**
 * Gives the alert after a move; throws if its state does not allow the move.
 *
 * @param by - the person, or leakwatch; `at` is an instant of the alert's own clock
 * @throws IllegalMoveError
 */
export function moveAlert(life: AlertLife, move: Move, { by, at }: { by: string; at: Date }): AlertLife {
  if (!MOVES_FROM[move.change].includes(life.state)) throw new IllegalMoveError(whyNot(life, move));
  switch (move.change) {
    case 'acknowledged':
      return answered(acknowledged(life, by, at), 'acknowledged');
    case 'investigating':
      return answered(acknowledged(life, by, at), 'investigating');
    case 'verdict-given':
      return withVerdict(life, move.verdict, by, at);
    case 'merged':
      return { ...resolved(acknowledged(life, by, at), at), resolution: 'duplicate', duplicateOf: move.into };
    case 'reopened':
      return openedAgain(life, at);
    case 'regressed':
      return regressed(life, at);
    case 'snoozed':
      return snoozed(life, move.until, at);
    case 'snooze-ended':
      return snoozeEnded(life, at);
    case 'escalated':
      return escalated(life, move.levels, at);
    case 'assigned':
      return assigned(life, move.to);
  }
}

/** The first answer acknowledges the alert ({@link ANSWERS}). */
function acknowledged(life: AlertLife, by: string, at: Date): AlertLife {
  return life.acknowledgedAt === null ? { ...life, acknowledgedAt: at, acknowledgedBy: by } : life;
}

/** Somebody works on it: from now on only the deadline to resolve escalates. */
function answered(life: AlertLife, state: 'acknowledged' | 'investigating'): AlertLife {
  if (life.state !== 'open') return { ...life, state };
  return { ...life, state, escalationLevel: 0, escalatesAt: life.resolveDueAt };
}

function withVerdict(life: AlertLife, verdict: VerdictKind, by: string, at: Date): AlertLife {
  if (life.duplicateOf !== null) {
    throw new IllegalMoveError(
      `it is a duplicate of alert ${shortId(life.duplicateOf)}: judge that one, or reopen this one first`,
    );
  }
  return { ...resolved(acknowledged(life, by, at), at), resolution: verdict };
}

function resolved(life: AlertLife, at: Date): AlertLife {
  return {
    ...life,
    state: 'resolved',
    resolvedAt: life.resolvedAt ?? at,
    snoozedUntil: null,
    escalatesAt: null,
  };
}

function openedAgain(life: AlertLife, at: Date): AlertLife {
  return {
    ...deadlinesFrom(life, at),
    state: 'open',
    resolution: null,
    resolvedAt: null,
    duplicateOf: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reopenedAt: at,
  };
}

/** Both deadlines anew, with all the time that the tier allows. */
export function deadlinesFrom(life: AlertLife, at: Date): AlertLife {
  const dueAt = life.minutesToAct === null ? life.dueAt : minutesAfter(at, life.minutesToAct);
  const resolveDueAt =
    life.minutesToResolve === null ? life.resolveDueAt : minutesAfter(at, life.minutesToResolve);
  return { ...life, dueAt, resolveDueAt, escalationLevel: 0, escalatesAt: dueAt };
}

function regressed(life: AlertLife, at: Date): AlertLife {
  if (life.duplicateOf !== null) {
    throw new IllegalMoveError(
      `it is a duplicate of alert ${shortId(life.duplicateOf)}, which regresses in its place`,
    );
  }
  return { ...openedAgain(life, at), regressions: life.regressions + 1 };
}

function snoozed(life: AlertLife, until: Date, at: Date): AlertLife {
  const ms = until.getTime() - at.getTime();
  if (!(ms > 0 && ms <= LONGEST_SNOOZE_MS)) {
    throw new IllegalMoveError(
      `a snooze ends in the future and within ${LONGEST_SNOOZE_MS / DAY_MS} days: give another time`,
    );
  }
  const dueAt = later(life.dueAt, until, life.minutesToAct);
  const resolveDueAt =
    life.resolveDueAt === null ? null : later(life.resolveDueAt, until, life.minutesToResolve);
  const next = { ...life, snoozedUntil: until, dueAt, resolveDueAt, escalationLevel: 0 };
  return { ...next, escalatesAt: nextDeadline(next) };
}

/** A snooze that ends early brings forward the deadlines that it had put off. */
function snoozeEnded(life: AlertLife, at: Date): AlertLife {
  if (life.snoozedUntil === null) throw new IllegalMoveError('it is not snoozed');
  const dueAt = earlier(life.dueAt, at, life.minutesToAct);
  const resolveDueAt =
    life.resolveDueAt === null ? null : earlier(life.resolveDueAt, at, life.minutesToResolve);
  const next = { ...life, snoozedUntil: null, dueAt, resolveDueAt };
  return { ...next, escalatesAt: nextDeadline(next) };
}

function escalated(life: AlertLife, levels: number, at: Date): AlertLife {
  if (life.escalatesAt === null || life.escalatesAt > at) {
    throw new IllegalMoveError('none of its deadlines has passed');
  }
  if (life.snoozedUntil !== null) throw new IllegalMoveError('it is snoozed, and waits until that is over');
  const escalationLevel = life.escalationLevel + 1;
  const minutes = life.state === 'open' ? life.minutesToAct : life.minutesToResolve;
  const goesOn = escalationLevel < levels && minutes !== null;
  return { ...life, escalationLevel, escalatesAt: goesOn ? minutesAfter(at, minutes) : null };
}

function assigned(life: AlertLife, to: string | null): AlertLife {
  if (life.assignee === to) {
    throw new IllegalMoveError(to === null ? 'it is not assigned' : `it is assigned to ${to} already`);
  }
  return { ...life, assignee: to };
}

function later(deadline: Date, from: Date, minutes: number | null): Date {
  const anew = minutesAfter(from, minutes ?? 0);
  return anew > deadline ? anew : deadline;
}

function earlier(deadline: Date, from: Date, minutes: number | null): Date {
  if (minutes === null) return deadline;
  const anew = minutesAfter(from, minutes);
  return anew < deadline ? anew : deadline;
}

function minutesAfter(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * MINUTE_MS);
}

function whyNot({ state, resolution, acknowledgedBy }: AlertLife, { change }: Move): string {
  if (state === 'resolved') return `it is resolved (${resolution}): reopen it first`;
  if (change === 'reopened' || change === 'regressed') return `it is ${state}, and was not resolved`;
  return `it is ${state} already, acknowledged by ${acknowledgedBy}: investigate or resolve it`;
}

function shortId(id: string): string {
  return id.slice(0, 8);
}
