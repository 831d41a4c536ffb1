import { StoreError, type Database, type Queryable } from '@leakwatch/store';
import { appendAlertEvent } from '../../incidents/queries/append-alert-event.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { lockCreators } from '../../incidents/queries/lock-creator.ts';
import { saveAlertLife } from '../../incidents/queries/save-alert-life.ts';
import { AlertError } from '../find-alert.ts';
import { loadNewestMove, type NewestMove } from '../queries/load-newest-move.ts';
import { deleteUndo, listUndo, withdrawVerdict, type UndoRow } from '../queries/undo-rows.ts';

/** An alert that somebody has moved since: it stays as it is. */
interface MovedSince {
  readonly alertId: string;
  /** The newest move and its author. */
  readonly move: string;
  readonly by: string;
}

interface Undone {
  readonly alertId: string;
  /** The move that was taken back. */
  readonly move: string;
}

interface TakenBack {
  /** The alerts that are as they were before. */
  readonly undone: readonly Undone[];
  readonly movedSince: readonly MovedSince[];
}

interface UndoRequest {
  readonly id: string;
  readonly by: string;
  /** Runs for each alert that went back, in the transaction of the whole. */
  readonly endWith?: (tx: Queryable, undone: Undone) => Promise<void>;
}

/**
 * Takes back the moves that a person has just made under one id: each alert is as it was before, and its history keeps
 * both lines. A verdict that is taken back no longer counts. An alert that has moved since is left alone, and the others
 * go back all the same.
 *
 * @throws AlertError `undo-over` if the time is over, another person made the moves, or every alert has moved since
 */
export function undoMoves(
  database: Database,
  { id, by, endWith }: UndoRequest,
  clock: () => Date = () => new Date(),
): Promise<TakenBack> {
  return database.transaction(async (tx) => {
    const moves = await listUndo(tx, id);
    if (moves.length === 0) throw new AlertError('undo-over', 'there is nothing to take back');
    await lockCreators(
      tx,
      moves.map(({ creatorId }) => creatorId),
    );
    const at = clock();
    const undone: Undone[] = [];
    const movedSince: MovedSince[] = [];
    for (const move of moves) {
      if (move.by !== by)
        throw new AlertError('undo-over', `${move.by} made this move: only they take it back`);
      if (move.until < at) throw new AlertError('undo-over', 'it is too late to take it back');
      const newest = await loadNewestMove(tx, move.alertId);
      if (newest.id !== move.moveId) {
        movedSince.push({ alertId: move.alertId, move: newest.move, by: newest.by });
        continue;
      }
      await undoOne(tx, move, { newest, by, at });
      undone.push({ alertId: move.alertId, move: newest.move });
    }
    if (undone.length === 0) throw new AlertError('undo-over', describeMoved(movedSince));
    await deleteUndo(tx, id, at);
    if (endWith !== undefined) for (const one of undone) await endWith(tx, one);
    return { undone, movedSince };
  });
}

async function undoOne(
  tx: Queryable,
  { alertId, life, verdictId }: UndoRow,
  { newest, by, at }: { readonly newest: NewestMove; readonly by: string; readonly at: Date },
): Promise<void> {
  const now = await loadAlertLife(tx, alertId);
  if (now === null) throw new StoreError('unexpected-row', 'the alert was deleted in the meantime');
  if (verdictId !== null) await withdrawVerdict(tx, verdictId, at);
  const [undoId = ''] = await saveAlertLife(tx, {
    alertId,
    life,
    transitions: [{ move: 'undone', from: now.state, to: life.state, by, reason: newest.move }],
    at,
  });
  await appendAlertEvent(tx, { alertId, change: 'undone', cause: `move ${undoId}`, at });
}

function describeMoved(movedSince: readonly MovedSince[]): string {
  const [only] = movedSince;
  return movedSince.length === 1 && only !== undefined
    ? `alert ${only.alertId.slice(0, 8)} has moved since`
    : `all ${movedSince.length} alerts have moved since`;
}
