import { readFile } from 'node:fs/promises';
import { Counter, Gauge, Histogram } from 'prom-client';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../index.ts';

const MetricSchema = z.object({ name: z.string(), labelNames: z.array(z.string()) });

/** `| name | type | labels | …`, as the page has it. */
function rowOf(metric: unknown): string {
  const { name, labelNames } = MetricSchema.parse(metric);
  const type = metric instanceof Counter ? 'counter' : metric instanceof Gauge ? 'gauge' : 'histogram';
  return [name, type, labelNames.join(', ') || '–'].join(' | ');
}

it('docs/operate/telemetry.md lists the metrics that there are, with their types and labels, and no others', async () => {
  const page = await readFile(new URL('../../../docs/operate/telemetry.md', import.meta.url), 'utf8');
  const listed = page
    .split('\n')
    .filter((line) => line.startsWith('| `leakwatch_'))
    .map((line) =>
      line
        .replaceAll('`', '')
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim())
        .join(' | '),
    );
  const existing = Object.values(createMetrics({ processMetrics: false })).filter(
    (one) => one instanceof Counter || one instanceof Gauge || one instanceof Histogram,
  );
  expect(listed.toSorted()).toEqual(existing.map(rowOf).toSorted());
});

it('histograms of promises have an exact edge at the four hours', () => {
  const metrics = createMetrics({ processMetrics: false });
  metrics.detectionLatency.observe({ tier: '1', platform: 'x' }, 14_400);
  metrics.alertResponse.observe({ tier: '1', severity: 'high' }, 14_400);
  return metrics.registry.metrics().then((text) => {
    expect(text).toMatch(/detection_latency_seconds_bucket\{le="14400",[^}]*\} 1/);
    expect(text).toMatch(/alert_response_seconds_bucket\{le="14400",[^}]*\} 1/);
  });
});
