import { type Lane } from '@leakwatch/contracts';
import { createMatcher, loadMatcherConfig } from '@leakwatch/matcher';
import { fillLagGauge, fillWatchListGauges } from '../gauges.ts';
import { type Part, type PartContext } from './part.ts';

export async function startMatcherPart(context: PartContext, lanes: readonly Lane[]): Promise<Part> {
  const { environment, metrics } = context;
  const matcher = createMatcher({
    ...context,
    store: environment.store,
    log: environment.log,
    config: loadMatcherConfig(process.env),
    lanes,
  });
  await matcher.start();
  return {
    name: 'matcher',
    stop: () => matcher.stop(),
    checks: [{ name: 'watch list', check: () => matcher.ready() }],
    fillGauges: async () => {
      await Promise.all(
        lanes.map((lane) => fillLagGauge(environment, metrics, { topic: 'posts', group: `matcher-${lane}` })),
      );
      fillWatchListGauges(metrics, lanes, await matcher.watchListAge());
    },
  };
}
