import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownMetricNames, metricNamesIn } from './support/metric-names.ts';
import { queriesOf, readDashboards, type Dashboard } from './support/read-dashboards.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const COLUMNS = 24;
/** Rows of Grafana's grid that a laptop shows at once. */
const ONE_SCREEN = 18;

const dashboards = readDashboards();

function cellsOf({ panels }: Dashboard): string[] {
  return panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_unused, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
  );
}

describe.each([...dashboards])('the dashboard %s', (_file, dashboard) => {
  it('asks only for metrics and series that exist', async () => {
    const known = await knownMetricNames();
    const queries = queriesOf(dashboard);
    expect(queries.length).toBeGreaterThan(5);
    expect(queries.filter((query) => metricNamesIn(query).length === 0)).toEqual([]);
    expect(queries.flatMap(metricNamesIn).filter((name) => !known.has(name))).toEqual([]);
  });

  it('shows 0, and not an empty panel, for what has never been counted', () => {
    const counted = queriesOf(dashboard).filter((query) => /leakwatch_\w+_total/.test(query));
    expect(counted.filter((query) => !query.includes('vector(0)'))).toEqual([]);
  });

  it('asks the data source that is provisioned', () => {
    const file = path.join(ROOT, 'infra/grafana/provisioning/datasources/prometheus.yml');
    const { datasources } = z
      .object({ datasources: z.array(z.object({ type: z.string(), uid: z.string() })) })
      .parse(parse(readFileSync(file, 'utf8')));
    for (const { type, datasource } of dashboard.panels) {
      if (type !== 'row') expect(datasources).toContainEqual(datasource);
    }
  });

  it('has panels that say what they show, side by side and not on top of each other', () => {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row');
    const untold = panels.filter(({ title, description = '' }) => title === '' || description.length < 5);
    expect(untold).toEqual([]);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(COLUMNS);
    const cells = cellsOf(dashboard);
    expect(new Set(cells).size).toBe(cells.length);
  });
});

it('"is it working" fits on one screen, and is what Grafana begins with', () => {
  const first = dashboards.get('is-it-working.json');
  expect(Math.max(...(first?.panels ?? []).map(({ gridPos: { y, h } }) => y + h))).toBeLessThanOrEqual(
    ONE_SCREEN,
  );
  const compose = readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8');
  expect(compose).toContain('HOME_DASHBOARD_PATH: /var/lib/grafana-dashboards/is-it-working.json');
});

it('each dashboard has an address of its own', () => {
  const uids = [...dashboards.values()].map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
});
