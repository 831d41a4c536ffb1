import { type Move, type QueueItem, type UndoAnswer } from '@leakwatch/console/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { RefusedError } from '../data/call.ts';
import { loadItem, makeMove, undoMove, useReplaceRows } from '../data/queue.ts';
import { formatAgo } from '../lib/format-time.ts';
import { useToast } from '../shell/toasts.tsx';
import { words } from '../words/index.ts';

export interface MoveOrder {
  readonly move: Move;
  readonly reason?: string;
  readonly note?: string;
}

/** Names a move for people. */
function describeMove(move: Move): string {
  return move.change === 'verdict-given'
    ? words.moves.verdictGiven(words.verdict[move.verdict])
    : words.moves.done[move.change];
}

/**
 * Makes moves of one incident: the row changes where it stands, and a message offers the undo. A move of an outdated
 * incident is refused, and the analyst sees who changed it.
 *
 * @returns a function that resolves to whether the move was made
 */
export function useMoves(): (item: QueueItem, order: MoveOrder) => Promise<boolean> {
  const client = useQueryClient();
  const toast = useToast();
  const replaceRows = useReplaceRows();
  const undo = useUndo();
  return async (item, { move, reason = '', note = '' }) => {
    try {
      const answer = await makeMove(item.id, { version: item.version, move, reason, note });
      replaceRows([answer.incident]);
      const taken = answer.undo;
      const text = `${describeMove(move)} · ${item.creator.name}`;
      toast(taken === null ? { text } : { text, undo: () => void undo(taken.id) });
      return true;
    } catch (error) {
      toast({ text: describeRefusal(error), isError: true });
      if (error instanceof RefusedError && ['stale', 'illegal-move'].includes(error.problem.code)) {
        await loadItem(item.id).then(
          (now) => replaceRows([now]),
          () => client.invalidateQueries({ queryKey: ['incident', item.id] }),
        );
      }
      return false;
    }
  };
}

function describeMoved({ incident, move, by }: UndoAnswer['movedSince'][number]): string {
  return words.bulk.movedSince(incident.creator.name, words.engine.happened(move), by);
}

/** Takes back a move, of one or of many. */
export function useUndo(): (undoId: string) => Promise<void> {
  const toast = useToast();
  const replaceRows = useReplaceRows();
  return async (undoId) => {
    try {
      const { undone, incidents, movedSince } = await undoMove(undoId);
      replaceRows([...incidents, ...movedSince.map(({ incident }) => incident)]);
      toast({
        text: words.bulk.undone(undone, movedSince.map(describeMoved)),
        isError: movedSince.length > 0,
      });
    } catch (error) {
      toast({ text: describeRefusal(error), isError: true });
    }
  };
}

export function describeRefusal(error: unknown): string {
  if (!(error instanceof RefusedError)) return words.states.unreachable;
  const { changed, code, detail, problems, title } = error.problem;
  if (code === 'bad-picture' && detail !== undefined) return words.problems.picture(detail);
  if (changed === undefined) return detail ?? problems?.map(words.problems.field).join('; ') ?? title;
  return words.problems.stale(changed.by, changed.change, formatAgo(changed.at, Date.now()));
}
