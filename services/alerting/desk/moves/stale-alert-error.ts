import { AlertError } from '../find-alert.ts';
import { type NewestMove } from '../queries/load-newest-move.ts';

/** The alert has moved since the person looked at it. */
export class StaleAlertError extends AlertError {
  readonly newest: NewestMove;

  constructor(alertId: string, newest: NewestMove) {
    super('stale', `alert ${alertId.slice(0, 8)}: ${newest.by} has changed it since (${newest.move})`);
    this.newest = newest;
  }
}
