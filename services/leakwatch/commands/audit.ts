import { readAudit, verifyAudit } from '@leakwatch/console/audit';
import { openEnvironment } from '../environment.ts';
import { AuditCheckedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';

/** Checks the audit log; false if a line was changed or removed. */
export async function checkAudit(options: { readonly dataDir: string }, screen: Screen): Promise<boolean> {
  const environment = await openEnvironment(options);
  try {
    const { lines, head, fault } = await verifyAudit(environment.store.pool);
    const checked = { whole: fault === null, lines, head, fault };
    if (fault !== null) {
      screen.outcome(AuditCheckedSchema, checked, null);
      screen.problem(`the audit log is broken: ${fault}`);
      return false;
    }
    screen.outcome(
      AuditCheckedSchema,
      checked,
      `the audit log is whole: ${lines} lines, the last with the hash ${head}`,
    );
    return true;
  } finally {
    await environment.stop();
  }
}

/** Prints the audit log, a JSON line for each of its lines. */
export async function exportAudit(options: { readonly dataDir: string }, screen: Screen): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    for await (const row of readAudit(environment.store.pool)) screen.json(row);
  } finally {
    await environment.stop();
  }
}
