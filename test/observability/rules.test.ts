import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createMetrics } from '@leakwatch/runtime';
import { itNeeds } from '@leakwatch/runtime/testing';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasPrometheus, PROMETHEUS_FOLDER, promtool } from './support/prometheus-tools.ts';
import { metricNamesIn, knownMetricNames } from './support/metric-names.ts';
import { readAlertRules, readRecordingRules, readRuleFiles } from './support/rule-files.ts';

const itNeedsPromtool = itNeeds("Debian's package prometheus", hasPrometheus());

const TESTS = path.join(PROMETHEUS_FOLDER, 'tests');
const UnitTestsSchema = z.object({
  tests: z.array(
    z.object({
      name: z.string(),
      promql_expr_test: z.array(
        z.object({ expr: z.string(), exp_samples: z.array(z.object({ labels: z.string() })) }),
      ),
    }),
  ),
});

const unitTests = readdirSync(TESTS).flatMap(
  (file) => UnitTestsSchema.parse(parse(readFileSync(path.join(TESTS, file), 'utf8'))).tests,
);

describe('promtool', () => {
  itNeedsPromtool('takes the configuration and every rule', () => {
    for (const file of ['prometheus.yml', 'prometheus-up.yml']) {
      const { code, said } = promtool(['check', 'config', '--lint-fatal', file]);
      expect([code, said]).toEqual([0, expect.not.stringContaining('lint')]);
      expect(said.match(/SUCCESS: \d+ rules found/g)).toHaveLength(readRuleFiles().size);
    }
  });

  itNeedsPromtool('finds every rule to fire and to be silent as its unit tests say', () => {
    const files = readdirSync(TESTS).map((file) => path.join('tests', file));
    const { code, said } = promtool(['test', 'rules', ...files]);
    expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });

  itNeedsPromtool('finds nothing to say against the names and help of our metrics', async () => {
    const metrics = await createMetrics().registry.metrics();
    expect(metrics).toContain('# TYPE leakwatch_posts_ingested_total counter');
    expect(promtool(['check', 'metrics'], metrics)).toEqual({ code: 0, said: '' });
  });
});

describe('every alert', () => {
  const alerts = readAlertRules();

  it.each(alerts)('$alert has a unit test in which it fires and one in which it is silent', ({ alert }) => {
    const ofIt = unitTests.filter(({ name }) => name.startsWith(`${alert} `));
    const firings = ofIt.flatMap((test) =>
      test.promql_expr_test.map(({ exp_samples }) =>
        exp_samples.some(({ labels }) => labels.includes(`alertname="${alert}"`)),
      ),
    );
    expect(new Set(firings)).toEqual(new Set([true, false]));
    expect(ofIt.some(({ name }) => name.startsWith(`${alert} fires`))).toBe(true);
    expect(ofIt.some(({ name }) => name.startsWith(`${alert} silent`))).toBe(true);
  });

  it.each(alerts)('$alert leads to its runbook', ({ alert, annotations }) => {
    expect(annotations.runbook_url).toBe(`{{ $externalLabels.runbooks }}/${alert}.md`);
  });

  it('has a name of its own', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });
});

it('every unit test looks at all alerts that fire, so that each shows that nothing else does', () => {
  const expressions = unitTests.flatMap((test) => test.promql_expr_test.map(({ expr }) => expr));
  expect(new Set(expressions)).toEqual(new Set(['ALERTS{alertstate="firing"}']));
});

it('every rule names metrics and recorded series that exist', async () => {
  const known = await knownMetricNames();
  const named = [...readAlertRules(), ...readRecordingRules()].flatMap(({ expr }) => metricNamesIn(expr));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

it('every recorded series is named level:metric:operation', () => {
  for (const { record } of readRecordingRules()) {
    expect(record).toMatch(/^[a-z]+:[a-z_]+:[a-z0-9_]+$/);
  }
});
