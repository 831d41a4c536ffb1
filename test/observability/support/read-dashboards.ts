import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const DASHBOARDS = path.resolve(import.meta.dirname, '../../../infra/grafana/dashboards');

const PanelSchema = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  datasource: z.object({ type: z.string(), uid: z.string() }).optional(),
  targets: z.array(z.object({ refId: z.string(), expr: z.string() })).optional(),
});
const DashboardSchema = z.object({ uid: z.string(), title: z.string(), panels: z.array(PanelSchema) });

export type Dashboard = z.infer<typeof DashboardSchema>;

/** Every dashboard that Grafana is provisioned with, by its file's name. */
export function readDashboards(): Map<string, Dashboard> {
  return new Map(
    readdirSync(DASHBOARDS).map((file) => [
      file,
      DashboardSchema.parse(JSON.parse(readFileSync(path.join(DASHBOARDS, file), 'utf8'))),
    ]),
  );
}

export function queriesOf({ panels }: Dashboard): string[] {
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}
