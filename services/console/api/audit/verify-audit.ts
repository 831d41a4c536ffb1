import { createHash } from 'node:crypto';
import { type Queryable } from '@leakwatch/store';
import { listAuditAfter, loadAuditHead, type AuditRow } from './queries/list-audit.ts';

/** The hash before the first line. */
const BEGINNING = '0'.repeat(64);
const BATCH = 1000;

export interface AuditCheck {
  readonly lines: number;
  /** The hash of the last line: kept elsewhere, it proves later that nothing before it was changed. */
  readonly head: string;
  /** The first fault; null if the chain is whole. */
  readonly fault: string | null;
}

/** Reads the audit log from its first line and computes every hash again. */
export async function verifyAudit(db: Queryable): Promise<AuditCheck> {
  let previous = { seq: 0, hash: BEGINNING };
  for await (const row of readAudit(db)) {
    if (row.seq !== previous.seq + 1) {
      return broken(previous, `line ${previous.seq + 1} is missing: ${row.seq} follows ${previous.seq}`);
    }
    if (row.previousHash !== previous.hash) {
      return broken(previous, `line ${row.seq} does not continue line ${previous.seq}`);
    }
    if (row.hash !== hashOf(row)) return broken(previous, `line ${row.seq} was changed`);
    previous = row;
  }
  const head = await loadAuditHead(db);
  if (head.seq !== previous.seq || (previous.seq > 0 && head.hash !== previous.hash)) {
    return broken(previous, `the log ends with line ${previous.seq}; line ${head.seq} was the last`);
  }
  return { lines: previous.seq, head: previous.hash, fault: null };
}

function broken(last: { seq: number; hash: string }, fault: string): AuditCheck {
  return { lines: last.seq, head: last.hash, fault };
}

/** All lines, in order. */
export async function* readAudit(db: Queryable): AsyncGenerator<AuditRow> {
  let after = 0;
  while (true) {
    const rows = await listAuditAfter(db, after, BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.seq;
  }
}

/** As `audit_append` (000025-console.sql) computes it. */
function hashOf({ previousHash, seq, at, actor, action, subject, detail }: AuditRow): string {
  // With their lengths: no two lines are written the same.
  const names = [actor, action, subject].flatMap((name) => [Buffer.byteLength(name), name]);
  const line = [previousHash, seq, at.toISOString(), ...names, detail].join('\n');
  return createHash('sha256').update(line).digest('hex');
}
