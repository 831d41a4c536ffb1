/**
 * The way of a report, by itself:
 *
 *   waiting ──▶ an alert has its post ──▶ attached
 *      │ └──▶ ingest has heard its post, or that is unknown for an hour ──▶ queued for review
 *      │                                                                       │
 *      └──────────────────────── looked at again, ever less often ◀────────────┘
 *
 * A report never moves an alert. If nobody has acknowledged the alert, its channels are told once more.
 */
import { postThreadId } from '@leakwatch/contracts';
import { type Metrics } from '@leakwatch/runtime';
import { type Queryable, type Store } from '@leakwatch/store';
import { appendAlertEvent } from '../../incidents/queries/append-alert-event.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { lockCreator } from '../../incidents/queries/lock-creator.ts';
import { attachLeakReport } from '../queries/leak-report-decide.ts';
import { type LeakReport } from '../queries/leak-report-row.ts';
import {
  findAlertOfPost,
  isPostKnown,
  listInstancesOf,
  lockDueLeakReport,
  postponeLeakReport,
  putOffLeakReport,
  type DueLeakReport,
  type PostNames,
} from '../queries/leak-report-settle.ts';
import { linkVariants } from './link-variants.ts';

/** How long a post may be on its way to us before people review the report. */
const WAITS_MS = 3_600_000;
const FIRST_LOOK_MS = 5000;
const LONGEST_LOOK_MS = 3_600_000;
const AFTER_FAILURE_MS = 60_000;
/** A report is looked at again when its age has grown by this share. */
const LOOK_SHARE = 0.1;

export interface SettleOptions {
  readonly metrics: Metrics;
  readonly clock: () => Date;
}

/**
 * Settles one report that is due; false if none is. Each takes its own transaction, so that processes share the work. A
 * report that fails is put off before the error is passed on, or it would come first again and again.
 */
export async function settleReport(
  store: Pick<Store, 'transaction'>,
  { metrics, clock }: SettleOptions,
): Promise<boolean> {
  const failing: string[] = [];
  const settled = await store
    .transaction(async (tx) => {
      const report = await lockDueLeakReport(tx);
      if (report === null) return null;
      failing.push(report.id);
      return { report, state: await settle(tx, report, clock()) };
    })
    .catch(async (error: unknown) => {
      await store.transaction(async (tx) => {
        for (const id of failing) await putOffLeakReport(tx, id, AFTER_FAILURE_MS);
      });
      throw error;
    });
  if (settled === null) return false;
  const { report, state } = settled;
  if (state !== report.state) metrics.reports.inc({ class: report.reporterClass, outcome: state });
  return true;
}

async function settle(
  tx: Queryable,
  report: DueLeakReport,
  at: Date,
): Promise<'attached' | 'queued' | 'waiting'> {
  const names = await namesOf(tx, report);
  const alert = await findAlertOfPost(tx, names, report.campaignId);
  if (alert !== null) {
    await attach(tx, report, { alert, by: null, at });
    return 'attached';
  }
  const postKnown = names.threadIds.length === 0 ? null : await isPostKnown(tx, names.threadIds);
  const goesToReview = report.state === 'queued' || postKnown === true || report.ageMs >= WAITS_MS;
  const state = goesToReview ? 'queued' : 'waiting';
  const lookAgainMs = Math.min(Math.max(report.ageMs * LOOK_SHARE, FIRST_LOOK_MS), LONGEST_LOOK_MS);
  await postponeLeakReport(tx, { id: report.id, state, postKnown, lookAgainMs });
  return state;
}

/** Attaches a report to an alert, and tells of it once, while the alert is not acknowledged. */
export async function attach(
  tx: Queryable,
  report: LeakReport,
  { alert, by, at }: { alert: { id: string; creatorId: string }; by: string | null; at: Date },
): Promise<void> {
  await lockCreator(tx, alert.creatorId);
  if (!(await attachLeakReport(tx, { id: report.id, alertId: alert.id, by, at }))) return;
  const life = await loadAlertLife(tx, alert.id);
  if (life?.state !== 'open') return;
  await appendAlertEvent(tx, { alertId: alert.id, change: 'reported', cause: `report ${report.id}`, at });
}

async function namesOf(
  db: Queryable,
  { platform, instance, nativeId, links }: LeakReport,
): Promise<PostNames> {
  const addresses = links.flatMap(linkVariants);
  if (platform === null || nativeId === null) return { threadIds: [], links: addresses };
  const instances = instance === null ? await listInstancesOf(db, platform) : [instance];
  return {
    threadIds: instances.map((one) => postThreadId({ platform, instance: one, nativeId })),
    links: addresses,
  };
}
