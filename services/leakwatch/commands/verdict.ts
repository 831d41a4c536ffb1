import { loadAlertingConfig } from '@leakwatch/alerting';
import { giveVerdict } from '@leakwatch/alerting/desk';
import { loadPrecision, type Precision } from '@leakwatch/alerting/measure';
import { VerdictKindSchema } from '@leakwatch/contracts';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { formatShare } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

/** Records an analyst's verdict, and prints the precision of alerts by all verdicts so far. */
export async function recordVerdict(
  id: string,
  verdict: string,
  options: { dataDir: string; reason: string; by: string },
  screen: Screen,
): Promise<void> {
  const kind = VerdictKindSchema.safeParse(verdict);
  if (!kind.success) {
    throw new UsageError(`\`${verdict}\` is no verdict; use one of ${VerdictKindSchema.options.join(', ')}`);
  }
  if (options.reason.trim() === '') throw new UsageError('a verdict needs a reason');
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    const given = await giveVerdict(environment.store, {
      alertId: id,
      verdict: kind.data,
      reason: options.reason,
      givenBy: options.by,
    });
    screen.result(`alert ${given.alertId.slice(0, 8)}: ${given.verdict}`);
    const { reviewers } = settings.alerting;
    screen.note(describePrecision(await loadPrecision(environment.store.pool, reviewers.alerts)));
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

/** Shows n and the interval, because 45 of 50 does not prove 80 %. */
function describePrecision({ precision, interval, n, unreviewed }: Precision): string {
  if (precision === null || interval === null)
    return `precision: no verdicts yet, ${unreviewed} alerts unreviewed`;
  const [low, high] = [interval.low, interval.high].map(formatShare);
  return `precision by verdicts: ${formatShare(precision)} (95 %: ${low} to ${high}; n = ${n}, ${unreviewed} unreviewed)`;
}
