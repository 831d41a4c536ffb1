import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import {
  fillAlertGauges,
  fillCanaryGauges,
  fillCoverageGauges,
  fillDeadLetterGauges,
  fillLagGauge,
} from '../gauges.ts';
import { type Part, type PartContext } from './part.ts';

/** @param terminal - where alerts are told as they come; null: nowhere */
export async function startAlertingPart(
  context: PartContext,
  terminal: { write: (line: string) => void; details: boolean } | null,
): Promise<Part> {
  const { environment, metrics, host } = context;
  const config = loadAlertingConfig(process.env);
  const alerting = createAlerting({
    ...context,
    store: environment.store,
    log: environment.log,
    config: { ...config, tips: { ...config.tips, host } },
    terminal,
  });
  await alerting.start();
  return {
    name: 'alerting',
    stop: () => alerting.stop(),
    checks: [{ name: 'alerting', check: () => alerting.ready() }],
    fillGauges: async () => {
      await Promise.all([
        fillLagGauge(environment, metrics, { topic: 'detections', group: 'alerting' }),
        fillLagGauge(environment, metrics, { topic: 'posts', group: 'alerting-posts' }),
        fillAlertGauges(environment, metrics),
        alerting.coverage().then((coverage) => fillCoverageGauges(coverage, metrics)),
        fillDeadLetterGauges(environment, metrics),
        fillCanaryGauges(environment, metrics),
      ]);
    },
  };
}
