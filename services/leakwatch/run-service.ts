/**
 * A service as a process of its own: settings are checked before anything is opened, the log lines are JSON, and it ends on
 * a signal, with what is under way finished, or when it can never go on by itself.
 */
import { checkSettings, SettingsError, untilSignal, type SettingsLoader } from '@leakwatch/runtime';
import { buildInfo } from './build-info.ts';
import { ENVIRONMENT_SETTINGS, loadEnvironmentConfig } from './environment-config.ts';
import { openEnvironment } from './environment.ts';
import { createHost, type Host } from './host.ts';
import { chooseProcessSettings, loadProcessConfig, type ProcessOptions } from './process-settings.ts';
import { startTelemetry } from './telemetry.ts';

export interface ServiceProcessOptions extends ProcessOptions {
  readonly dataDir: string;
}

export interface ServiceProcess {
  /** For the log: which service this is. */
  readonly name: string;
  /** Read by its parts; checked all at once. */
  readonly settings: readonly SettingsLoader[];
  /** Starts the parts and adds them to the host; gives what the log should say of them. */
  readonly start: (host: Host) => Promise<Readonly<Record<string, unknown>>>;
}

/** Runs a service until a signal asks it to end; rejects where it can't go on. */
export async function runService(options: ServiceProcessOptions, service: ServiceProcess): Promise<void> {
  checkSettings(
    [...ENVIRONMENT_SETTINGS, checkSharedDatabase, loadProcessConfig, ...service.settings],
    process.env,
  );
  const settings = chooseProcessSettings(options, 'info');
  const logger = settings.logger.child({ process: service.name });
  const { metrics, parts, adminAddress } = await startTelemetry(settings, logger);
  const environment = await openEnvironment({
    dataDir: options.dataDir,
    onNotice: (notice) => logger.warn({ notice }, 'the database says'),
  });
  const host = createHost({ environment, metrics, logger, host: settings.host, beneath: parts });
  try {
    const about = await service.start(host);
    const ops = await host.serveOps(settings.opsPort);
    host.report(service.name);
    logger.info(
      {
        pid: process.pid,
        ...buildInfo(process.env),
        database: environment.database,
        log: environment.logPlace,
        metrics: ops,
        admin: adminAddress,
        ...about,
      },
      'started',
    );
    const signal = await Promise.race([untilSignal(), host.failed]);
    logger.info({ signal }, 'finishing what is under way');
  } finally {
    await host.stop();
  }
  logger.info('stopped');
}

function checkSharedDatabase(env: NodeJS.ProcessEnv): void {
  const { kafka, databaseUrl } = loadEnvironmentConfig(env);
  if (kafka === null || databaseUrl !== undefined) return;
  throw new SettingsError(['DATABASE_URL: is missing: services that meet in Kafka share one database, too']);
}
