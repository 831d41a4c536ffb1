/**
 * Every service in one process. Services start last in the flow first, so that each record's reader runs before its writer.
 * They stop in the reverse order.
 */
import { createAlerting, loadAlertingConfig, type AlertingConfig } from '@leakwatch/alerting';
import { loadConsoleConfig, type ConsoleApp, type ConsoleConfig } from '@leakwatch/console';
import { createIngest, loadIngestConfig, type IngestApp, type IngestConfig } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig, type MatcherConfig } from '@leakwatch/matcher';
import { createRescan, loadRescanConfig, type RescanConfig } from '@leakwatch/rescan';
import { messageOf, type SettingsLoaders } from '@leakwatch/runtime';
import { createHost, type Host, type HostOptions } from './host.ts';
import { trimLog } from './open-log.ts';
import { linkBase, type OpsPort } from './ops-port.ts';
import { startConsole } from './start-console.ts';
import { startWebhook } from './start-webhook.ts';
import { tellRescans } from './tell-rescans.ts';

export interface AppSettings {
  readonly ingest: IngestConfig;
  readonly matcher: MatcherConfig;
  readonly alerting: AlertingConfig;
  readonly rescan: RescanConfig;
  readonly console: ConsoleConfig;
}

export const APP_SETTINGS: SettingsLoaders<AppSettings> = {
  ingest: loadIngestConfig,
  matcher: loadMatcherConfig,
  alerting: loadAlertingConfig,
  rescan: loadRescanConfig,
  console: loadConsoleConfig,
};

export interface AppOptions extends HostOptions {
  readonly settings: AppSettings;
  /** Null: no metrics and health over HTTP. */
  readonly ops: OpsPort | null;
  /** Null: no webhook. Undefined: the port of the settings. */
  readonly webhookPort: number | null | undefined;
  /** False: no console, whatever the settings say. */
  readonly withConsole: boolean;
  /** Tells alerts as they come, and re-scans that found something; null: nowhere. */
  readonly terminal: { write: (line: string) => void; details: boolean } | null;
}

export interface App {
  readonly host: Host;
  readonly ingest: IngestApp;
  readonly webhookAddress: string | null;
  /** Null: none runs. */
  readonly console: ConsoleApp | null;
  /** Stops ingest first and the database last, each finishing what it has begun. */
  stop(): Promise<void>;
}

export async function startApp(options: AppOptions): Promise<App> {
  const { settings, terminal, webhookPort } = options;
  const host = createHost(options);
  const { context } = host;
  const tips = { ...settings.alerting.tips, host: settings.alerting.tips.host ?? context.address };
  try {
    const consoleUrl = linkBase(settings.alerting, options.ops);
    await host.start(
      createAlerting({ ...context, config: { ...settings.alerting, tips, consoleUrl }, terminal }),
    );
    await host.start(createMatcher({ ...context, config: settings.matcher }));
    await host.start(
      createRescan({
        ...context,
        trim: (...what) => trimLog(context.store, ...what),
        config: settings.rescan,
        ...(terminal === null ? {} : { onFinished: tellRescansOn(terminal, host) }),
      }),
    );
    const ingest = await host.start(createIngest({ ...context, config: settings.ingest }));
    const webhookAddress =
      webhookPort === null ? null : await startWebhook(host, ingest, settings.ingest.webhook, webhookPort);
    const runsConsole = options.withConsole && settings.console.enabled;
    const console = runsConsole ? await startConsole(host, settings) : null;
    if (options.ops !== null) host.serveOps(options.ops);
    return { host, ingest, webhookAddress, console, stop: () => host.stop() };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

function tellRescansOn({ write }: { write: (line: string) => void }, { context }: Host) {
  return (jobIds: readonly string[]) => {
    tellRescans(context.store, jobIds, write).catch((error: unknown) => {
      context.logger.warn({ error: messageOf(error) }, 'what a re-scan has come to could not be read');
    });
  };
}
