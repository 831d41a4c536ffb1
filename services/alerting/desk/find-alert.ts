import { type Database } from '@leakwatch/store';
import { findAlertsByPrefix, type FoundAlert } from './queries/find-alerts-by-prefix.ts';

export type AlertErrorCode =
  | 'bad-id'
  | 'unknown-alert'
  | 'ambiguous-id'
  | 'illegal-move'
  | 'stale'
  | 'undo-over'
  | 'bad-silence'
  | 'no-evidence'
  | 'unknown-item'
  | 'unknown-tip';

/** Why an alert could not be found or changed. The message says what is possible. */
export class AlertError extends Error {
  readonly code: AlertErrorCode;

  constructor(code: AlertErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AlertError';
    this.code = code;
  }
}

/**
 * Finds an alert by its id.
 *
 * @param id - the whole id, or 6 or more of its first digits that no other alert has
 * @throws AlertError if it names no alert, or more than one
 */
export async function findAlert(store: Pick<Database, 'pool'>, id: string): Promise<FoundAlert> {
  const prefix = id.toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) {
    throw new AlertError('bad-id', `\`${id}\` is not an alert's id: give 6 to 64 of its hexadecimal digits`);
  }
  const [alert, another] = await findAlertsByPrefix(store.pool, prefix);
  if (alert === undefined) throw new AlertError('unknown-alert', `no alert's id begins with ${prefix}`);
  if (another !== undefined) {
    throw new AlertError(
      'ambiguous-id',
      `more than one alert's id begins with ${prefix}: give more of its digits`,
    );
  }
  return alert;
}
