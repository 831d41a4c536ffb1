import { createMetrics } from '@leakwatch/runtime';
import { z } from 'zod';
import { readRecordingRules } from './rule-files.ts';

/** Series that Prometheus itself makes from scrapes and alerts. */
const OF_PROMETHEUS = ['up', 'ALERTS'];
const MetricsSchema = z.array(
  z.object({ name: z.string(), type: z.enum(['counter', 'gauge', 'histogram', 'summary']) }),
);

/** Names that a query may use: metrics that leakwatch registers and series that the rules record. */
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

/** Names of series in an expression: ours, recorded ones, those of the process, and `up`. */
export function metricNamesIn(expression: string): string[] {
  const withoutStrings = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return (
    withoutStrings.match(
      /\b(?:[a-z]+:[a-z_]+:[a-z0-9_]+|leakwatch_\w+|process_\w+|nodejs_\w+|up|ALERTS)\b/g,
    ) ?? []
  );
}
