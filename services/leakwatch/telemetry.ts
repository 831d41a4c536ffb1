import {
  createMetrics,
  startAdminServer,
  startTracing,
  type Logger,
  type Metrics,
  type Stoppable,
} from '@leakwatch/runtime';
import { buildInfo, VERSION, type BuildInfo } from './build-info.ts';
import { type ProcessSettings } from './process-settings.ts';

/** Telemetry of a process. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly build: BuildInfo;
  /** Stopped last, in reverse order. */
  readonly parts: readonly Stoppable[];
  /** Null without an admin port. */
  readonly adminAddress: string | null;
}

/** Starts metrics with the build's name, spans if OpenTelemetry is asked for, and the admin server if it has a port. */
export async function startTelemetry(
  { admin, telemetry }: Pick<ProcessSettings, 'admin' | 'telemetry'>,
  logger: Logger,
): Promise<Telemetry> {
  const metrics = createMetrics({ counts: telemetry });
  const build = buildInfo(process.env);
  metrics.buildInfo.set({ ...build }, 1);
  const tracing = telemetry ? await startTracing(process.env, { version: VERSION }) : null;
  const parts: Stoppable[] = tracing === null ? [] : [tracing];
  if (admin.port === undefined) return { metrics, build, parts, adminAddress: null };
  const server = await startAdminServer({ host: admin.host, port: admin.port, logger });
  return { metrics, build, parts: [...parts, server], adminAddress: server.address };
}
