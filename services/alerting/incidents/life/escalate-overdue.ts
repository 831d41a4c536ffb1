import { type Queryable, type Store } from '@leakwatch/store';
import { appendAlertEvent } from '../queries/append-alert-event.ts';
import {
  listAlertsToAdvance,
  tryLockEscalation,
  type AlertToAdvance,
} from '../queries/list-alerts-to-advance.ts';
import { loadAlertLife, type LivingAlert } from '../queries/load-alert-life.ts';
import { lockCreator } from '../queries/lock-creator.ts';
import { LEAKWATCH, saveAlertLife } from '../queries/save-alert-life.ts';
import { moveAlert, type Move } from './alert-life.ts';
import { type EscalationChain } from './escalation-chain.ts';

const ALERTS_PER_TURN = 100;

export interface EscalationOptions {
  readonly clock: () => Date;
  readonly chain: EscalationChain;
}

/**
 * One round: escalates alerts past a deadline by one level and ends snoozes that are over. Gives how many alerts moved.
 *
 * Each move is a transaction that checks again under the creator's lock, so that a crash or a second process cannot do
 * it twice. If another process holds the escalation lock, this round leaves the alert alone.
 */
export async function escalateOverdue(
  store: Pick<Store, 'pool' | 'transaction'>,
  options: EscalationOptions,
): Promise<number> {
  const due = await listAlertsToAdvance(store.pool, options.clock(), ALERTS_PER_TURN);
  let moved = 0;
  for (const alert of due) if (await advance(store, alert, options)) moved += 1;
  return moved;
}

function advance(
  store: Pick<Store, 'transaction'>,
  { id, creatorId }: AlertToAdvance,
  options: EscalationOptions,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (!(await tryLockEscalation(tx))) return false;
    await lockCreator(tx, creatorId);
    const alert = await loadAlertLife(tx, id);
    const at = options.clock();
    const next = alert === null ? null : nextMove(alert, at, options.chain);
    if (alert === null || next === null) return false;
    await make(tx, alert, next, at);
    return true;
  });
}

interface DueMove {
  readonly move: Extract<Move, { change: 'escalated' | 'snooze-ended' }>;
  readonly reason: string;
}

/** The move that is due by itself; null if somebody has acted in the meantime. */
function nextMove(alert: LivingAlert, at: Date, chain: EscalationChain): DueMove | null {
  if (alert.snoozedUntil !== null) {
    return alert.snoozedUntil <= at ? { move: { change: 'snooze-ended' }, reason: 'its time is over' } : null;
  }
  if (alert.escalatesAt === null || alert.escalatesAt > at) return null;
  const level = alert.escalationLevel + 1;
  const levels = chain.levels(alert.tier);
  const role = chain.roleAt(alert.tier, level);
  const missed =
    alert.state === 'open'
      ? `not acknowledged by ${alert.dueAt.toISOString()}`
      : `not resolved by ${(alert.resolveDueAt ?? alert.escalatesAt).toISOString()}`;
  return {
    move: { change: 'escalated', levels },
    reason: `level ${level} of ${levels}${role === null ? '' : `, ${role}`}: ${missed}`,
  };
}

async function make(tx: Queryable, alert: LivingAlert, { move, reason }: DueMove, at: Date): Promise<void> {
  const life = moveAlert(alert, move, { by: LEAKWATCH, at });
  const [moveId = ''] = await saveAlertLife(tx, {
    alertId: alert.id,
    life,
    transitions: [{ move: move.change, from: alert.state, to: life.state, by: LEAKWATCH, reason }],
    at,
  });
  await appendAlertEvent(tx, { alertId: alert.id, change: move.change, cause: `move ${moveId}`, at });
}
