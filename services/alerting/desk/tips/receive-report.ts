import { randomUUID } from 'node:crypto';
import { hashId, sha256Hex, type LeakReportRequest } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { addLeakReport, type LeakReportAddition } from '../queries/leak-report-add.ts';
import { type Reporter } from './reporters.ts';

export interface ReceivedReport {
  readonly id: string;
  readonly addition: LeakReportAddition;
}

/**
 * Stores a report, to be settled later. The same reporter's same key means the same report.
 *
 * @param key - the reporter's own, or null
 */
export async function receiveReport(
  db: Queryable,
  request: LeakReportRequest,
  { reporter, key }: { reporter: Reporter; key: string | null },
): Promise<ReceivedReport> {
  const id =
    key === null
      ? hashId('leak-report', randomUUID())
      : hashId('leak-report', reporter.class, reporter.name, key);
  const addition = await addLeakReport(db, {
    ...request,
    id,
    reporter: reporter.name,
    reporterClass: reporter.class,
    bodySha256: sha256Hex(JSON.stringify(request)),
  });
  return { id, addition };
}
