import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadPrecision, type Precision } from '@leakwatch/alerting/measure';
import { VerdictKindSchema } from '@leakwatch/contracts';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { didYouMean } from '../nearest-name.ts';
import { formatShare } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { moveAlerts, type MoveOptions } from './alert-move.ts';
import { type Choice } from './choose-alerts.ts';

/** Records an analyst's verdict on alerts, and prints the precision of alerts by all verdicts so far. */
export async function recordVerdict(
  choice: Choice,
  verdict: string,
  options: MoveOptions,
  screen: Screen,
): Promise<void> {
  const kind = VerdictKindSchema.safeParse(verdict);
  if (!kind.success) {
    const known = VerdictKindSchema.options;
    throw new UsageError(
      `\`${verdict}\` is no verdict; use one of ${known.join(', ')}${didYouMean(verdict, known)}`,
    );
  }
  if (options.reason.trim() === '') throw new UsageError('a verdict needs a reason');
  const { reviewers } = readSettings({ alerting: loadAlertingConfig }, process.env).alerting;
  const move = { change: 'verdict-given', verdict: kind.data } as const;
  await moveAlerts(choice, move, options, screen, async (store) => {
    screen.note(describePrecision(await loadPrecision(store.pool, reviewers.alerts)));
  });
}

/** Shows n and the interval, because 45 of 50 does not prove 80 %. */
function describePrecision({ precision, interval, n, unreviewed }: Precision): string {
  if (precision === null || interval === null)
    return `precision: no verdicts yet, ${unreviewed} alerts unreviewed`;
  const [low, high] = [interval.low, interval.high].map(formatShare);
  return `precision by verdicts: ${formatShare(precision)} (95 %: ${low} to ${high}; n = ${n}, ${unreviewed} unreviewed)`;
}
