import { type RevisionScan } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { appendAlertEvents, type NewAlertEvent } from './queries/append-alert-event.ts';
import { listStandingOccurrences } from './queries/list-standing-occurrences.ts';
import { type ScannedRevision } from './queries/load-scanned-revisions.ts';
import { lockCreator } from './queries/lock-creator.ts';
import { markRemoved } from './queries/mark-removed.ts';
import { saveScannedRevision } from './queries/save-scanned-revision.ts';
import { settleCorrections } from './queries/settle-correction.ts';
import { removalOf } from './removal.ts';

/**
 * Handles the scan of a later revision, or of a deletion. Marks every finding of earlier revisions that is gone as
 * removed, for good. Gives how many are gone.
 */
export function noteRevision(
  store: Pick<Store, 'transaction'>,
  scan: RevisionScan,
  { clock, traceparent }: { clock: () => Date; traceparent: string | undefined },
): Promise<number> {
  const newest = scannedRevisionOf(scan);
  if (newest === null) return Promise.resolve(0);
  return store.transaction(async (tx) => {
    await lockCreator(tx, scan.post.creatorId);
    if (!(await saveScannedRevision(tx, newest))) return 0;
    const standing = await listStandingOccurrences(tx, newest.threadId, newest.lane);
    const gone = standing.flatMap((finding) => {
      const removal = removalOf(finding, newest);
      return removal === null ? [] : [{ finding, removal }];
    });
    const removal = gone[0]?.removal;
    if (removal === undefined) return 0;
    await markRemoved(
      tx,
      gone.map(({ finding }) => finding.detectionId),
      removal,
    );
    const alertIds = [...new Set(gone.map(({ finding }) => finding.alertId))];
    const told = { cause: scan.id, at: clock(), traceparent };
    const corrections = await settleCorrections(tx, alertIds, told.at);
    await appendAlertEvents(
      tx,
      alertIds.flatMap((alertId): NewAlertEvent[] => [
        { ...told, alertId, change: 'content-removed' },
        ...(corrections.get(alertId) === 'corrected'
          ? [{ ...told, alertId, change: 'corrected' as const }]
          : []),
      ]),
    );
    return gone.length;
  });
}

/** Null for a post as first published: nothing came before it. */
function scannedRevisionOf(scan: RevisionScan): ScannedRevision | null {
  const { post, lane, detectionIds, disclosedCampaigns = [], scannedAt } = scan;
  if (post.op === 'create') return null;
  return {
    threadId: post.threadId,
    lane,
    postId: post.id,
    revision: post.revision,
    op: post.op,
    detectionIds,
    disclosedCampaigns,
    scannedAt: new Date(scannedAt),
  };
}
