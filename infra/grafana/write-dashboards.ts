/** Writes the dashboards as JSON for Grafana's provisioning. With --check it only names stale files and exits with 1. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { alerting } from './boards/alerting.ts';
import { isItWorking } from './boards/is-it-working.ts';
import { matchers } from './boards/matchers.ts';
import { pipeline } from './boards/pipeline.ts';
import { rescans } from './boards/rescans.ts';

const BOARDS = {
  'is-it-working': isItWorking,
  pipeline,
  matchers,
  alerting,
  rescans,
};

const folder = path.join(import.meta.dirname, 'dashboards');
const isCheck = process.argv.includes('--check');
const stale: string[] = [];

mkdirSync(folder, { recursive: true });
for (const [name, build] of Object.entries(BOARDS)) {
  const file = path.join(folder, `${name}.json`);
  const content = render(build());
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  if (isCheck) stale.push(`${name}.json`);
  else writeFileSync(file, content);
}
if (stale.length > 0) {
  process.stderr.write(`not up to date: ${stale.join(', ')}; run \`npm run dashboards\`\n`);
  process.exitCode = 1;
}

/** Numbers the panels: Grafana's own numbers would change, and break links to a panel. */
function render(board: DashboardBuilder): string {
  const dashboard = board.build();
  const panels = dashboard.panels?.map((panel, index) => ({ ...panel, id: index + 1 }));
  return `${JSON.stringify({ ...dashboard, panels }, null, 2)}\n`;
}
