import { isAlive, MISSED_FOR_S } from './load-status.ts';
import { type ProcessStatus } from './queries/process-status.ts';

/**
 * Pairs each silent process with the one that took its place: of the same kind, and started after its last word. A process takes
 * the place of one other only, so that of two that died, one restarted leaves one missing.
 *
 * @returns the successor by the silent process's id
 */
export function findSuccessors(
  processes: readonly Pick<
    ProcessStatus,
    'processId' | 'name' | 'pid' | 'startedAt' | 'silentSeconds' | 'standing'
  >[],
  at: Date,
): ReadonlyMap<string, { readonly pid: number }> {
  const lastWord = ({ silentSeconds }: { silentSeconds: number }) => at.getTime() - silentSeconds * 1000;
  const silent = processes.filter((one) => !isAlive(one)).toSorted((a, b) => lastWord(a) - lastWord(b));
  const free = new Set(processes.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()));
  const successors = new Map<string, { readonly pid: number }>();
  for (const gone of silent) {
    const successor = [...free].find(
      (one) => kindOf(one) === kindOf(gone) && one.startedAt.getTime() >= lastWord(gone),
    );
    if (successor === undefined) continue;
    free.delete(successor);
    successors.set(gone.processId, successor);
  }
  return successors;
}

/** True if a process should be there and is not: silent, not replaced, and not for so long that it was ended. */
export function isMissed(
  one: Pick<ProcessStatus, 'processId' | 'silentSeconds'>,
  successors: ReadonlyMap<string, unknown>,
): boolean {
  return !isAlive(one) && !successors.has(one.processId) && one.silentSeconds < MISSED_FOR_S;
}

/** A matcher of one lane does not replace that of the other. */
function kindOf({ name, standing }: Pick<ProcessStatus, 'name' | 'standing'>): string {
  return [name, ...Object.keys(standing.watchLists).toSorted()].join(' ');
}
