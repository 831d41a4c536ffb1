import { loadRescanJob } from '@leakwatch/rescan';
import { type Store } from '@leakwatch/store';
import { typedHere } from './typed.ts';

/** Tells in a line each what re-scans found, without naming it. A re-scan that found nothing is not told. */
export async function tellRescans(
  store: Pick<Store, 'pool'>,
  jobIds: readonly string[],
  tell: (line: string) => void,
): Promise<void> {
  for (const id of jobIds) {
    const found = (await loadRescanJob(store.pool, id))?.progress.findings;
    if (found === undefined || found.new + found.suppressed === 0) continue;
    tell(`re-scan ${id}  ${found.new} new findings in history  ${typedHere(`rescan show ${id}`)}`);
  }
}
