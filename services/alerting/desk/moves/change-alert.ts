import { VerdictSchema } from '@leakwatch/contracts';
import { StoreError, type Queryable, type Database } from '@leakwatch/store';
import { z } from 'zod';
import { IllegalMoveError, moveAlert, type Move } from '../../incidents/life/alert-life.ts';
import { appendAlertEvent } from '../../incidents/queries/append-alert-event.ts';
import { loadAlertLife, type LivingAlert } from '../../incidents/queries/load-alert-life.ts';
import { lockCreator } from '../../incidents/queries/lock-creator.ts';
import { saveAlertLife } from '../../incidents/queries/save-alert-life.ts';
import { AlertError, findAlert } from '../find-alert.ts';
import { loadNewestMove } from '../queries/load-newest-move.ts';
import { saveUndo } from '../queries/undo-rows.ts';
import { StaleAlertError } from './stale-alert-error.ts';
import { addVerdict } from '../queries/add-verdict.ts';
import { redirectDuplicates } from '../queries/redirect-duplicates.ts';

/** The moves of people; the others happen by themselves. The id to merge into may be a prefix, too. */
export type AnalystMove = Exclude<Move, { change: 'escalated' | 'regressed' }>;

export interface AlertChangeRequest {
  /** The whole id, or 6 or more of its first digits that no other alert has. */
  readonly alertId: string;
  readonly move: AnalystMove;
  /** The person who makes the move. */
  readonly by: string;
  /** May be empty, except for a verdict. */
  readonly reason: string;
  /** Also assigns it to the person, if it is acknowledged or investigated. */
  readonly take?: boolean;
  /** The alert's newest move, by id, as the person saw it: after another move this one is refused. Absent: no check. */
  readonly expects?: string;
  /** Lets the person take the move back until then, by {@link undoMoves} with this id. */
  readonly undo?: { readonly id: string; readonly until: Date };
}

const PersonSchema = z.string().trim().min(1).max(200);
const ReasonSchema = z.string().max(2000);

/**
 * Makes a person's move: alert, history and outbox in one transaction, under the creator's lock. Gives the alert
 * afterwards.
 *
 * @throws AlertError if there is no such alert, its state does not allow the move, or it has moved since (a
 *   StaleAlertError); ZodError if a name or a reason is empty or too long
 */
export async function changeAlert(
  store: Database,
  request: AlertChangeRequest,
  clock: () => Date = () => new Date(),
): Promise<LivingAlert> {
  const by = PersonSchema.parse(request.by);
  const reason = ReasonSchema.parse(request.reason);
  const found = await findAlert(store, request.alertId);
  const move = await withWholeId(store, request.move);
  return store.transaction(async (tx) => {
    await lockCreator(tx, found.creatorId);
    const alert = await loadExisting(tx, found.id);
    if (request.expects !== undefined) await checkNewest(tx, alert.id, request.expects);
    if (move.change === 'merged') await checkMerge(tx, alert, move.into);
    const at = clock();
    const moved = { ...alert, ...attempt(alert, move, { by, at }) };
    const takes = request.take === true && TAKING.includes(move.change) && alert.assignee !== by;
    const life = takes ? { ...moved, assignee: by } : moved;
    if (move.change === 'merged') await redirectDuplicates(tx, alert.id, move.into);
    const [moveId = ''] = await saveAlertLife(tx, {
      alertId: alert.id,
      life,
      transitions: [
        {
          move: move.change,
          from: alert.state,
          to: life.state,
          by,
          reason: describe(move, takes ? takenFor(reason) : reason),
        },
      ],
      at,
    });
    const verdictId =
      move.change === 'verdict-given' ? await noteVerdict(tx, alert.id, move, { by, reason, at }) : null;
    await appendAlertEvent(tx, {
      alertId: alert.id,
      change: move.change,
      cause: verdictId === null ? `move ${moveId}` : `verdict ${verdictId}`,
      ...(verdictId === null ? {} : { verdictId }),
      at,
    });
    // A merge also moves the other alert's duplicates: it is reopened by hand.
    if (request.undo !== undefined && move.change !== 'merged') {
      await saveUndo(tx, { ...request.undo, alertId: alert.id, by, moveId, verdictId, life: alert });
    }
    return life;
  });
}

/** The moves with which a person takes up work. */
const TAKING: readonly Move['change'][] = ['acknowledged', 'investigating'];

function takenFor(reason: string): string {
  return ['and takes it', reason].filter((part) => part !== '').join('; ');
}

/** @throws StaleAlertError */
async function checkNewest(tx: Queryable, alertId: string, expects: string): Promise<void> {
  const newest = await loadNewestMove(tx, alertId);
  if (newest.id !== expects) throw new StaleAlertError(alertId, newest);
}

async function withWholeId(store: Pick<Database, 'pool'>, move: AnalystMove): Promise<AnalystMove> {
  return move.change === 'merged' ? { ...move, into: (await findAlert(store, move.into)).id } : move;
}

async function loadExisting(tx: Queryable, id: string): Promise<LivingAlert> {
  const alert = await loadAlertLife(tx, id);
  if (alert === null) throw new StoreError('unexpected-row', 'the alert was deleted in the meantime');
  return alert;
}

/** @throws AlertError */
function attempt(alert: LivingAlert, move: Move, made: { by: string; at: Date }) {
  try {
    return moveAlert(alert, move, made);
  } catch (error) {
    if (error instanceof IllegalMoveError) throw illegal(alert, error.message, error);
    throw error;
  }
}

async function checkMerge(tx: Queryable, alert: LivingAlert, into: string): Promise<void> {
  if (into === alert.id) throw illegal(alert, 'it can not be a duplicate of itself: name another alert');
  const target = await loadExisting(tx, into);
  if (target.creatorId !== alert.creatorId || target.campaignId !== alert.campaignId) {
    throw illegal(alert, 'only alerts of the same creator and campaign can be the same incident');
  }
  if (target.duplicateOf !== null) {
    throw illegal(alert, `the other is a duplicate itself: merge into ${target.duplicateOf.slice(0, 8)}`);
  }
}

function illegal(alert: LivingAlert, message: string, cause?: unknown): AlertError {
  return new AlertError('illegal-move', `alert ${alert.id.slice(0, 8)}: ${message}`, cause);
}

function noteVerdict(
  tx: Queryable,
  alertId: string,
  { verdict }: Extract<Move, { change: 'verdict-given' }>,
  { by, reason, at }: { by: string; reason: string; at: Date },
): Promise<string> {
  const given = { schemaVersion: 1, alertId, verdict, reason, givenBy: by, givenAt: at.toISOString() };
  return addVerdict(tx, VerdictSchema.parse(given));
}

/** The history's note beside the name of the move. */
function describe(move: Move, reason: string): string {
  const what = described(move);
  if (what === '' || reason === '') return `${what}${reason}`;
  return `${what}: ${reason}`;
}

function described(move: Move): string {
  switch (move.change) {
    case 'verdict-given':
      return move.verdict;
    case 'merged':
      return `into ${move.into.slice(0, 8)}`;
    case 'snoozed':
      return `until ${move.until.toISOString()}`;
    case 'assigned':
      return move.to === null ? 'to nobody' : `to ${move.to}`;
    case 'acknowledged':
    case 'investigating':
    case 'reopened':
    case 'regressed':
    case 'snooze-ended':
    case 'escalated':
      return '';
  }
}
