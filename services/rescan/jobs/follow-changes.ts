import { hashId, RescanRequestSchema, type WatchListSnapshot } from '@leakwatch/contracts';
import { loadWatchListVersion, type Store } from '@leakwatch/store';
import { findChanges } from './find-changes.ts';
import { type JobQueue } from './job-queue.ts';
import { createRescanJob } from './queries/create-job.ts';
import { claimWatchedVersion, setWatchedVersion } from './queries/watched-version.ts';

/** Job ids are as long as those that are drawn by chance. */
const ID_DIGITS = 12;

/**
 * Makes what a watch list has added or changed a job, once, whichever processes see it and when: changes that came while nobody was
 * up are found by comparing with the last version that was dealt with.
 *
 * The job begins only when every live matcher has surely taken the list over (`settleMs`): what came before is history and
 * is scanned by it, what comes after is live.
 *
 * @returns the job's id; null where there is nothing to scan again
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

/** The id of the job of one occasion of the schedule. */
export function scheduledJobId(occasion: string): string {
  return hashId('rescan', 'schedule', occasion).slice(0, ID_DIGITS);
}
