import { loadAlertingConfig } from '@leakwatch/alerting';
import { backtest, type Backtest, type LabelledPrecision } from '@leakwatch/alerting/measure';
import { readSettings } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { formatShare, formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { readRuleset } from './rules.ts';

export interface BacktestOptions {
  readonly dataDir: string;
  readonly since?: Date;
  readonly details: boolean;
  readonly json: boolean;
}

/** Shows the alerts that a ruleset would have raised from the stored detections. */
export async function backtestRules(file: string, options: BacktestOptions, screen: Screen): Promise<void> {
  const ruleset = await readRuleset(file);
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    const { episodeGapMs, reviewers } = settings.alerting;
    const result = await backtest(environment.store, ruleset, {
      since: options.since ?? null,
      episodeGapMs,
      judge: reviewers.alerts,
    });
    if (options.json) screen.json(result);
    else show(result, options.details, screen);
  } finally {
    await environment.stop();
  }
}

function show(result: Backtest, withDetails: boolean, screen: Screen): void {
  const { detections, broken, added, removed, shadows } = result;
  const rows = [
    [
      'detections replayed',
      broken === 0 ? String(detections) : `${detections}, and ${broken} of them broke a rule`,
    ],
    ['alerts', `${result.alertsBefore} before, ${result.alertsAfter} after`],
    ['added', String(added.length)],
    ['removed', `${removed.length}: ${describeRemoved(result)}`],
    ['precision before', describePrecision(result.precisionBefore)],
    ['precision after', describePrecision(result.precisionAfter)],
    ...Object.entries(shadows).map(([rule, count]) => [`shadow ${rule}`, `${count} detections`]),
  ];
  screen.result(formatTable(['ruleset', result.rulesetHash.slice(0, 12)], rows));
  for (const { ruleId, level, publishedAt, creatorId, campaignId } of added) {
    const whose = withDetails ? `  ${printable(creatorId, 40)}, ${printable(campaignId, 40)}` : '';
    screen.result(`+ ${publishedAt.toISOString()}  ${level}  ${ruleId}${whose}`);
  }
  for (const { alertId, verdict } of removed) {
    screen.result(`− alert ${alertId.slice(0, 8)}  ${verdict ?? 'no verdict'}`);
  }
}

function describeRemoved({ removed }: Backtest): string {
  const wrong = removed.filter(({ verdict }) => verdict === 'false-positive').length;
  const unknown = removed.filter(({ verdict }) => verdict === null).length;
  return `${wrong} false positives, ${removed.length - wrong - unknown} right, ${unknown} without a verdict`;
}

function describePrecision({ n, share, interval }: LabelledPrecision): string {
  if (share === null || interval === null) return 'no verdicts';
  const [low, high] = [interval.low, interval.high].map(formatShare);
  return `${formatShare(share)} (95 %: ${low} to ${high}; n = ${n})`;
}
