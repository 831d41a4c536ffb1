import { countTips, decideTip, listTips, receiveTip, type TipDecision } from '@leakwatch/alerting/desk';
import { TipRequestSchema, type TipState, type SenderClass, type ReviewVerdict } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { TipDecidedSchema, TippedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTipCounts, formatTips } from '../screen/tips.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';
import { typedHere } from '../typed.ts';

export interface ShowTipsOptions {
  readonly dataDir: string;
  readonly state?: TipState;
  readonly limit: number;
  readonly details: boolean;
  readonly json: boolean;
}

/** Shows tips, and the share of leaks for each class of senders. */
export async function showTips(options: ShowTipsOptions, screen: Screen): Promise<void> {
  const { state = null, limit, details, json } = options;
  const environment = await openEnvironment(options);
  try {
    tellDataPlace(environment, screen);
    const { pool } = environment.store;
    const tips = await listTips(pool, { state, limit, alertId: null });
    if (json) {
      for (const tip of tips) screen.json(tip);
      return;
    }
    if (tips.length === 0) {
      screen.note('no tips');
      return;
    }
    screen.result(formatTips(tips, { details }));
    screen.note(`\n${formatTipCounts(await countTips(pool))}`);
  } finally {
    await environment.stop();
  }
}

export interface NoteTipOptions {
  readonly dataDir: string;
  readonly link?: string[];
  readonly platform?: string;
  readonly instance?: string;
  readonly post?: string;
  readonly campaign?: string;
  readonly seen: string;
  readonly contact?: string;
  readonly class: SenderClass;
  readonly by: string;
}

/** Takes a tip as `POST /v1/tips` does. */
export async function noteTip(options: NoteTipOptions, screen: Screen): Promise<void> {
  if ((options.post === undefined) !== (options.platform === undefined)) {
    throw new UsageError('--platform and --post must be given together');
  }
  const environment = await openEnvironment(options);
  try {
    const request = TipRequestSchema.parse({
      links: options.link ?? [],
      ...(options.post === undefined
        ? {}
        : { post: { platform: options.platform, instance: options.instance, id: options.post } }),
      campaignId: options.campaign,
      seen: options.seen,
      contact: options.contact,
    });
    const sender = { name: options.by, class: options.class };
    const { id } = await receiveTip(environment.store.pool, request, { sender, key: null });
    screen.outcome(TippedSchema, { id, state: 'waiting' }, `tip ${id.slice(0, 8)}: waiting`);
    screen.note(`alerting now looks for its post: ${typedHere('tips list')}`);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

export interface DecideTipOptions {
  readonly dataDir: string;
  readonly dismiss?: string;
  readonly alert?: string;
  readonly verdict?: ReviewVerdict;
  readonly campaign?: string;
  readonly by: string;
}

export async function decideOnTip(id: string, options: DecideTipOptions, screen: Screen): Promise<void> {
  const decision = decisionOf(options);
  const environment = await openEnvironment(options);
  try {
    const decided = await decideTip(environment.store, { id, by: options.by, decision });
    const line = `tip ${decided.id.slice(0, 8)}: ${describe(decision)}`;
    screen.outcome(TipDecidedSchema, { id: decided.id, ...fieldsOf(decision) }, line);
    if (decision.kind === 'review' && decision.verdict === 'leak') {
      screen.problem(`no alert has this leak; list all of them: ${typedHere('tips list --state reviewed')}`);
    }
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

function decisionOf({ dismiss, alert, verdict, campaign }: DecideTipOptions): TipDecision {
  if (dismiss !== undefined) return { kind: 'dismiss', reason: dismiss };
  if (alert !== undefined) return { kind: 'attach', alertId: alert };
  if (verdict === undefined) throw new UsageError('give --dismiss, --alert or --verdict');
  if (campaign !== undefined && verdict === 'innocent') {
    throw new UsageError('an innocent post leaks no campaign: leave out --campaign');
  }
  return { kind: 'review', verdict, campaignId: campaign ?? null };
}

function fieldsOf({ kind, ...given }: TipDecision) {
  return { decision: kind, verdict: null, alertId: null, campaignId: null, reason: null, ...given };
}

function describe(decision: TipDecision): string {
  switch (decision.kind) {
    case 'dismiss':
      return 'dismissed';
    case 'attach':
      return `attached to alert ${decision.alertId.slice(0, 8)}`;
    case 'review':
      return decision.verdict;
  }
}
