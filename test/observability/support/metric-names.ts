import { createMetrics } from '@leakwatch/runtime';
import { z } from 'zod';
import { readRecordingRules } from './rule-files.ts';

/** What Prometheus makes itself of a scrape and of alerts. */
const OF_PROMETHEUS = ['up', 'ALERTS'];
const MetricsSchema = z.array(
  z.object({ name: z.string(), type: z.enum(['counter', 'gauge', 'histogram', 'summary']) }),
);

/** Every name that a query may use: the metrics that leakwatch registers, and what the rules record. */
export async function knownMetricNames(): Promise<Set<string>> {
  const registered = MetricsSchema.parse(await createMetrics().registry.getMetricsAsJSON());
  return new Set([
    ...OF_PROMETHEUS,
    ...readRecordingRules().map(({ record }) => record),
    ...registered.flatMap(({ name, type }) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  ]);
}

/** The names of series in an expression: ours and the recorded ones, those of the process, and `up`. */
export function metricNamesIn(expression: string): string[] {
  const withoutStrings = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return (
    withoutStrings.match(
      /\b(?:[a-z]+:[a-z_]+:[a-z0-9_]+|leakwatch_\w+|process_\w+|nodejs_\w+|up|ALERTS)\b/g,
    ) ?? []
  );
}
