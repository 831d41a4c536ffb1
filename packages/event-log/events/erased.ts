import { type LogRecord } from '../port/event-log.ts';

/** Marks a record whose content was erased after it had been written. */
export const ERASED_HEADER = 'leakwatch-erased';

/** Whether only the place of the record is left. */
export function isErased({ headers }: Pick<LogRecord, 'headers'>): boolean {
  return headers[ERASED_HEADER] !== undefined;
}
