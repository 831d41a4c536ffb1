import { type LeakwatchProcess, type StartOptions, startLeakwatch } from './run-leakwatch.ts';

/** A running `leakwatch run …`. */
export interface ServiceProcess extends LeakwatchProcess {
  /** `http://127.0.0.1:40123`: /metrics, /healthz, /readyz. */
  readonly ops: string;
  /** Port of POST /v1/posts; undefined for a process without a webhook. */
  readonly webhook: string | undefined;
}

/**
 * Starts a service in a separate process, on free ports.
 *
 * @param onBegun - gets the process before it is ready
 */
export async function startService(
  command: readonly string[],
  options: StartOptions,
  onBegun?: (process: LeakwatchProcess) => void,
): Promise<ServiceProcess> {
  const [service] = command;
  const ports = ['--ops-port', '0', ...(service === 'ingest' ? ['--webhook-port', '0'] : [])];
  const started = startLeakwatch(['run', ...command, ...ports], options);
  onBegun?.(started);
  await started.untilSaid(/"msg":"started"/);
  const said = started.stderr();
  return {
    ...started,
    ops: /"metrics":"([^"]+)"/.exec(said)?.[1] ?? '',
    webhook: /"webhook":"([^"]+)"/.exec(said)?.[1],
  };
}

/** Starts several, all with the same settings. */
export function startServices(
  env: Readonly<Record<string, string>>,
  commands: readonly (readonly string[])[],
  onBegun?: (process: LeakwatchProcess) => void,
): Promise<ServiceProcess[]> {
  return Promise.all(commands.map((command) => startService(command, { env }, onBegun)));
}

/** Asks all to end and gives their exit codes. */
export async function stopServices(
  services: readonly LeakwatchProcess[],
): Promise<(number | NodeJS.Signals)[]> {
  for (const service of services) service.kill('SIGTERM');
  return Promise.all(services.map((service) => service.ended));
}
