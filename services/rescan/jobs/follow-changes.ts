import { hashId, RescanRequestSchema, type WatchListSnapshot } from '@leakwatch/contracts';
import { loadWatchListVersion, type Store } from '@leakwatch/store';
import { findChanges } from './find-changes.ts';
import { type JobQueue } from './job-queue.ts';
import { createRescanJob } from './queries/create-job.ts';
import { claimWatchedVersion, setWatchedVersion } from './queries/watched-version.ts';

/** The length of a random job id. */
const ID_DIGITS = 12;

/**
 * Makes one job of a watch list's additions and changes, however many processes see them. Changes that came while no
 * process ran are found against the last version dealt with.
 *
 * The job begins once every live matcher has taken the list over (`settleMs`): posts from before are history, which it
 * scans; later ones are live.
 *
 * @returns the job's id; null if there is nothing to scan again
 */
export function takeChanges(
  store: Pick<Store, 'transaction'>,
  queue: Pick<JobQueue, 'send'>,
  snapshot: WatchListSnapshot,
  { clock, settleMs }: { clock: () => Date; settleMs: number },
): Promise<string | null> {
  return store.transaction(async (tx) => {
    const dealtWith = await claimWatchedVersion(tx);
    if (snapshot.version <= dealtWith) return null;
    const items = findChanges(await loadWatchListVersion(tx, dealtWith), snapshot);
    await setWatchedVersion(tx, snapshot.version);
    if (items.length === 0) return null;
    const id = hashId('rescan', 'watch-list', snapshot.version).slice(0, ID_DIGITS);
    const request = RescanRequestSchema.parse({ items });
    const requestedBy = `watch list version ${snapshot.version}`;
    await createRescanJob(tx, { id, cause: 'watch-list', request, requestedBy, at: clock() });
    await queue.send(tx, id, new Date(Date.parse(snapshot.createdAt) + settleMs));
    return id;
  });
}

/** The job id for one occasion of the schedule. */
export function scheduledJobId(occasion: string): string {
  return hashId('rescan', 'schedule', occasion).slice(0, ID_DIGITS);
}
