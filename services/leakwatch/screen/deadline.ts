import { type AlertState } from '@leakwatch/contracts';
import { formatDuration } from './format.ts';

export interface Deadlines {
  readonly state: AlertState;
  /** By when to acknowledge it. */
  readonly dueAt: Date | string;
  /** By when to resolve it. */
  readonly resolveDueAt: Date | string | null;
}

/** `to acknowledge in 4 min`, `to resolve: 2.1 h late`; nothing of what is resolved. */
export function describeDeadline({ state, dueAt, resolveDueAt }: Deadlines, now: Date): string {
  if (state === 'resolved') return '';
  const [what, at] = state === 'open' ? ['acknowledge', dueAt] : ['resolve', resolveDueAt];
  if (at === null) return `to ${what}`;
  const leftMs = new Date(at).getTime() - now.getTime();
  return leftMs >= 0
    ? `to ${what} in ${formatDuration(leftMs)}`
    : `to ${what}: ${formatDuration(-leftMs)} late`;
}
