/**
 * Runs a service as a process of its own. Its log lines are JSON. It ends on a signal, once the work under way is finished, or
 * when a service can never go on by itself.
 */
import { startWatchdog, untilSignal, type SettingsLoaders, type Stoppable } from '@leakwatch/runtime';
import { loadSharedEnvironmentConfig, type EnvironmentConfig } from './environment-config.ts';
import { openEnvironment, type Environment } from './environment.ts';
import { requireFreePorts, type WantedPort } from './free-ports.ts';
import { createHost, type Host } from './host.ts';
import { openOpsPort, type OpsPort } from './ops-port.ts';
import {
  chooseProcessSettings,
  loadProcessConfig,
  type ProcessConfig,
  type ProcessOptions,
} from './process-settings.ts';
import { startTelemetry } from './telemetry.ts';
import { commonPorts } from './wanted-ports.ts';
import { StartEndedError, waitUntilReachable } from './wait-until-reachable.ts';

export interface ServiceProcessOptions extends ProcessOptions {
  readonly dataDir: string;
}

/** The settings of every such process, beside those of its service. */
interface CommonSettings {
  readonly environment: EnvironmentConfig;
  readonly process: ProcessConfig;
}

export const COMMON_SETTINGS: SettingsLoaders<CommonSettings> = {
  environment: loadSharedEnvironmentConfig,
  process: loadProcessConfig,
};

/**
 * Runs a service until a signal asks it to end. Rejects if it cannot go on.
 *
 * @param name - the service's name in log and status
 * @param start - starts the service on the host; returns what the log should say of it
 * @param portsOn - the service's ports, where servers without a host of their own listen on this one
 */
export async function runService(
  name: string,
  options: ServiceProcessOptions,
  config: CommonSettings,
  start: (host: Host, ops: OpsPort) => Promise<Readonly<Record<string, unknown>>>,
  portsOn: (host: string) => readonly WantedPort[] = () => [],
): Promise<void> {
  const settings = chooseProcessSettings(options, config.process, 'info');
  await requireFreePorts([...commonPorts(settings), ...portsOn(settings.host)]);
  const logger = settings.logger.child({ process: name });
  const watchdog = settings.watchdogMs === 0 ? [] : [watch(name, settings.watchdogMs)];
  const { metrics, build, parts, adminAddress } = await startTelemetry(settings, logger);
  const ops = await openOpsPort({ host: settings.opsHost, port: settings.opsPort, metrics });
  const wait = (reason: string) => {
    logger.warn({ reason, metrics: ops.address }, 'waiting, and trying again');
    ops.waitsFor(reason);
  };
  let environment: Environment;
  try {
    environment = await openEnvironment({
      dataDir: options.dataDir,
      creates: true,
      config: config.environment,
      onNotice: (notice) => logger.warn({ notice }, 'the database says'),
      opener: waitUntilReachable(wait),
    });
  } catch (error) {
    await ops.stop();
    if (!(error instanceof StartEndedError)) throw error;
    logger.info('stopped');
    return;
  }
  const host = createHost({
    environment,
    metrics,
    logger,
    address: settings.host,
    beneath: [...watchdog, ...parts],
  });
  // From here on a signal ends it in order, however early it comes.
  const signalled = untilSignal();
  try {
    const about = await start(host, ops);
    host.serveOps(ops);
    host.keepStatus(name);
    logger.info(
      {
        pid: process.pid,
        ...build,
        database: environment.database,
        log: environment.logPlace,
        metrics: ops.address,
        admin: adminAddress,
        ...about,
      },
      'started',
    );
    const signal = await Promise.race([signalled, host.failed]);
    logger.info({ signal }, 'finishing what is under way');
  } finally {
    await host.stop();
  }
  logger.info('stopped');
}

/** Compose and its like start a process again that ended, but none that hangs. */
function watch(name: string, limitMs: number): Stoppable {
  const msg = `the process has stood still for ${limitMs / 1000} s and ends, so that it is started again`;
  const farewell = JSON.stringify({ level: 60, process: name, pid: process.pid, msg });
  return startWatchdog({ limitMs, farewell });
}
