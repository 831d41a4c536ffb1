/**
 * The way of a tip, by itself:
 *
 *   waiting ──▶ an alert has its post ──▶ attached
 *      │ └──▶ ingest has heard its post, or that is unknown for an hour ──▶ queued for review
 *      │                                                                       │
 *      └──────────────────────── looked at again, ever less often ◀────────────┘
 *
 * A tip never moves an alert. If the alert is not acknowledged, its channels are told once more.
 */
import { postThreadId } from '@leakwatch/contracts';
import { type Metrics } from '@leakwatch/runtime';
import { type Queryable, type Store } from '@leakwatch/store';
import { appendAlertEvent } from '../../incidents/queries/append-alert-event.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { lockCreator } from '../../incidents/queries/lock-creator.ts';
import { attachTip } from '../queries/tip-decide.ts';
import { type Tip } from '../queries/tip-row.ts';
import {
  findAlertOfPost,
  isPostKnown,
  listInstancesOf,
  lockDueTip,
  postponeTip,
  putOffTip,
  type DueTip,
  type PostNames,
} from '../queries/tip-settle.ts';
import { linkVariants } from './link-variants.ts';

/** How long a post may be on its way to us before people review the tip. */
const WAITS_MS = 3_600_000;
const FIRST_LOOK_MS = 5000;
const LONGEST_LOOK_MS = 3_600_000;
const AFTER_FAILURE_MS = 60_000;
/** A tip is looked at again when its age has grown by this share. */
const LOOK_SHARE = 0.1;

export interface SettleOptions {
  readonly metrics: Metrics;
  readonly clock: () => Date;
}

/**
 * Settles one tip that is due; false if none is. Each takes its own transaction, so that processes share the work. A
 * tip that fails is put off before the error is passed on, or it would come first again and again.
 */
export async function settleTip(
  store: Pick<Store, 'transaction'>,
  { metrics, clock }: SettleOptions,
): Promise<boolean> {
  const failing: string[] = [];
  const settled = await store
    .transaction(async (tx) => {
      const tip = await lockDueTip(tx);
      if (tip === null) return null;
      failing.push(tip.id);
      return { tip, state: await settle(tx, tip, clock()) };
    })
    .catch(async (error: unknown) => {
      await store.transaction(async (tx) => {
        for (const id of failing) await putOffTip(tx, id, AFTER_FAILURE_MS);
      });
      throw error;
    });
  if (settled === null) return false;
  const { tip, state } = settled;
  if (state !== tip.state) metrics.tips.inc({ class: tip.senderClass, outcome: state });
  return true;
}

async function settle(tx: Queryable, tip: DueTip, at: Date): Promise<'attached' | 'queued' | 'waiting'> {
  const names = await namesOf(tx, tip);
  const alert = await findAlertOfPost(tx, names, tip.campaignId);
  if (alert !== null) {
    await attach(tx, tip, { alert, by: null, at });
    return 'attached';
  }
  const postKnown = names.threadIds.length === 0 ? null : await isPostKnown(tx, names.threadIds);
  const goesToReview = tip.state === 'queued' || postKnown === true || tip.ageMs >= WAITS_MS;
  const state = goesToReview ? 'queued' : 'waiting';
  const lookAgainMs = Math.min(Math.max(tip.ageMs * LOOK_SHARE, FIRST_LOOK_MS), LONGEST_LOOK_MS);
  await postponeTip(tx, { id: tip.id, state, postKnown, lookAgainMs });
  return state;
}

/** Attaches a tip to an alert, and tells of it once, while the alert is not acknowledged. */
export async function attach(
  tx: Queryable,
  tip: Tip,
  { alert, by, at }: { alert: { id: string; creatorId: string }; by: string | null; at: Date },
): Promise<void> {
  await lockCreator(tx, alert.creatorId);
  if (!(await attachTip(tx, { id: tip.id, alertId: alert.id, by, at }))) return;
  const life = await loadAlertLife(tx, alert.id);
  if (life?.state !== 'open') return;
  await appendAlertEvent(tx, { alertId: alert.id, change: 'reported', cause: `tip ${tip.id}`, at });
}

async function namesOf(db: Queryable, { platform, instance, nativeId, links }: Tip): Promise<PostNames> {
  const addresses = links.flatMap(linkVariants);
  if (platform === null || nativeId === null) return { threadIds: [], links: addresses };
  const instances = instance === null ? await listInstancesOf(db, platform) : [instance];
  return {
    threadIds: instances.map((one) => postThreadId({ platform, instance: one, nativeId })),
    links: addresses,
  };
}
