import { listAlerts } from '@leakwatch/alerting/incidents';
import { listKeptTiers, listTierChanges, type KeptTier, type TierChange } from '@leakwatch/alerting/tiers';
import { TierSchema } from '@leakwatch/contracts';
import { loadRescanJob } from '@leakwatch/rescan';
import { UsageError } from '@leakwatch/runtime';
import { listLookBacks, type Store } from '@leakwatch/store';
import { isSerious } from '@leakwatch/tier-rules';
import { openEnvironment } from '../environment.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatSeverity, formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { typedHere } from '../typed.ts';

export interface ListTiersOptions {
  readonly dataDir: string;
  readonly tier?: number;
  readonly campaign?: string;
  readonly json: boolean;
}

/** Shows creators' tiers as last decided. */
export async function listTiers(options: ListTiersOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    tellDataPlace(environment, screen);
    const tiers = await listKeptTiers(environment.store.pool, {
      ...(options.tier === undefined ? {} : { tier: TierSchema.parse(options.tier) }),
      ...(options.campaign === undefined ? {} : { campaignId: options.campaign }),
    });
    if (options.json) {
      for (const tier of tiers) screen.json(tier);
    } else if (tiers.length === 0) {
      screen.note('no tiers yet: alerting decides them while it runs with a watch list');
    } else {
      screen.result(formatTable(['creator', 'campaign', 'tier', 'since', 'score', 'why'], tiers.map(rowOf)));
    }
  } finally {
    await environment.stop();
  }
}

/** Shows a creator's tiers and their history. While serious alerts are open, it shows them as the case. */
export async function showTiers(
  creatorId: string,
  { dataDir, json }: { dataDir: string; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    const { store } = environment;
    const tiers = await listKeptTiers(store.pool, { creatorIds: [creatorId] });
    const changes = await listTierChanges(store.pool, creatorId);
    if (tiers.length === 0 && changes.length === 0) {
      throw new UsageError(`no tiers are known for creator \`${creatorId}\``);
    }
    if (json) {
      screen.json({ tiers, moves: changes });
      return;
    }
    screen.result(formatTable(['creator', 'campaign', 'tier', 'since', 'score', 'why'], tiers.map(rowOf)));
    await showCase(store, creatorId, screen);
    screen.result('\nmoves');
    for (const change of changes) screen.result(lineOf(change));
  } finally {
    await environment.stop();
  }
}

/** More open alerts than any case should have. */
const ALERTS_IN_CASE = 1000;

async function showCase(store: Pick<Store, 'pool'>, creatorId: string, screen: Screen): Promise<void> {
  const alerts = await listAlerts(store.pool, { creatorId, limit: ALERTS_IN_CASE });
  const open = alerts.filter((alert) => alert.state !== 'resolved' && isSerious(alert));
  const lookBacks = await listLookBacks(store.pool, creatorId);
  if (open.length === 0 && lookBacks.length === 0) return;
  screen.result('\ncase');
  for (const { id, severity, campaignId, state, openedAt } of open) {
    const what = `alert ${id.slice(0, 8)}  ${formatSeverity(severity)}  ${state}`;
    screen.result(`${openedAt}  ${what}  ${printable(campaignId, 40)}`);
  }
  for (const { id, requestedAt, since } of lookBacks) {
    const state = (await loadRescanJob(store.pool, id))?.state ?? 'requested';
    screen.result(
      `${requestedAt.toISOString()}  look back ${id}  ${state}  posts since ${since.toISOString()}`,
    );
  }
  if (open.length > 0) screen.note(`show an alert's timeline: ${typedHere('alerts timeline ID')}`);
}

function rowOf({ creatorId, campaignId, tier, since, riskScore, reasons }: KeptTier): string[] {
  return [
    printable(creatorId, 24),
    printable(campaignId, 24),
    String(tier),
    since.toISOString(),
    String(riskScore),
    printable(reasons.join(', '), 160),
  ];
}

function lineOf({ changedAt, campaignId, fromTier, toTier, cause, reasons }: TierChange): string {
  const move = fromTier === null ? `tier ${toTier}` : `tier ${fromTier} → ${toTier}`;
  const why = printable(reasons.join(', '), 300);
  return `${changedAt.toISOString()}  ${move.padEnd(12)}  ${cause.padEnd(10)}  ${printable(campaignId, 24)}  ${why}`;
}
