import { type Database } from '@leakwatch/store';
import { appendAlertEvent } from '../../incidents/queries/append-alert-event.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { lockCreators } from '../../incidents/queries/lock-creator.ts';
import { saveAlertLife } from '../../incidents/queries/save-alert-life.ts';
import { AlertError } from '../find-alert.ts';
import { loadNewestMove } from '../queries/load-newest-move.ts';
import { deleteUndo, listUndo, withdrawVerdict } from '../queries/undo-rows.ts';

/**
 * Takes back the moves that a person has just made under one id: each alert is as it was before, and its history keeps
 * both lines. A verdict that is taken back no longer counts. All of them in one transaction, or none.
 *
 * @returns the ids of the alerts
 * @throws AlertError `undo-over` if the time is over, another person made the moves, or an alert has moved since
 */
export function undoMoves(
  database: Database,
  { id, by }: { readonly id: string; readonly by: string },
  clock: () => Date = () => new Date(),
): Promise<string[]> {
  return database.transaction(async (tx) => {
    const moves = await listUndo(tx, id);
    if (moves.length === 0) throw new AlertError('undo-over', 'there is nothing to take back');
    await lockCreators(
      tx,
      moves.map(({ creatorId }) => creatorId),
    );
    const at = clock();
    for (const move of moves) {
      if (move.by !== by)
        throw new AlertError('undo-over', `${move.by} made this move: only they take it back`);
      if (move.until < at) throw new AlertError('undo-over', 'it is too late to take it back');
      const [now, newest] = [await loadAlertLife(tx, move.alertId), await loadNewestMove(tx, move.alertId)];
      if (now === null || newest.id !== move.moveId) {
        throw new AlertError('undo-over', `alert ${move.alertId.slice(0, 8)} has moved since`);
      }
      if (move.verdictId !== null) await withdrawVerdict(tx, move.verdictId, at);
      const [undoId = ''] = await saveAlertLife(tx, {
        alertId: move.alertId,
        life: move.life,
        transitions: [{ move: 'undone', from: now.state, to: move.life.state, by, reason: newest.move }],
        at,
      });
      await appendAlertEvent(tx, { alertId: move.alertId, change: 'undone', cause: `move ${undoId}`, at });
    }
    await deleteUndo(tx, id, at);
    return moves.map(({ alertId }) => alertId);
  });
}
