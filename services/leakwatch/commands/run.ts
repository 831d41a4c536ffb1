import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import { loadConsoleConfig } from '@leakwatch/console';
import { type Lane } from '@leakwatch/contracts';
import { createIngest, loadIngestConfig, type IngestSummary } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig } from '@leakwatch/matcher';
import { createRescan, loadRescanConfig, type RescanOptions } from '@leakwatch/rescan';
import { readSettings } from '@leakwatch/runtime';
import { type Host } from '../host.ts';
import { linkBase, type OpsPort } from '../ops-port.ts';
import { trimLog } from '../open-log.ts';
import { COMMON_SETTINGS, runService, type ServiceProcessOptions } from '../run-service.ts';
import { chooseSource, takeWatchList, type SourceOptions } from '../source-choice.ts';
import { startConsole } from '../start-console.ts';
import { startPolls } from '../start-polls.ts';
import { startSource } from '../start-source.ts';
import { startWebhook } from '../start-webhook.ts';
import { consolePorts, tipsPorts, webhookPorts } from '../wanted-ports.ts';

/** Takes posts in: by the webhook, a source, or both. */
export async function runIngest(
  options: ServiceProcessOptions & SourceOptions & { readonly webhookPort?: number },
): Promise<void> {
  const { source, watchList } = await chooseSource(options);
  const settings = readSettings({ ...COMMON_SETTINGS, ingest: loadIngestConfig }, process.env);
  const config = settings.ingest;
  const portsOn = (host: string) => webhookPorts(config.webhook, host, options.webhookPort);
  const start = async (host: Host) => {
    const { context, environment } = host;
    const { logger } = context;
    if (watchList !== null) {
      await takeWatchList(environment, watchList, {
        note: (line) => logger.info(line),
        problem: (warning) => logger.warn({ warning }, 'the watch list has a weakness'),
      });
    }
    const ingest = await host.start(createIngest({ ...context, config }));
    const webhook = await startWebhook(host, ingest, config.webhook, options.webhookPort);
    host.add(ingest.startCanary());
    host.add(startPolls(context, ingest));
    if (source !== null) {
      const onEnd = (summary: IngestSummary) => logger.info({ ...summary }, 'source ended');
      host.add(startSource(context, ingest, source, onEnd));
    }
    return { webhook, source: source?.name ?? null };
  };
  await runService('ingest', options, settings, start, portsOn);
}

/** Runs one lane of the matcher, or both without `lane`. */
export async function runMatcher(options: ServiceProcessOptions & { readonly lane?: Lane }): Promise<void> {
  const lanes: readonly Lane[] = options.lane === undefined ? ['text', 'image'] : [options.lane];
  const settings = readSettings({ ...COMMON_SETTINGS, matcher: loadMatcherConfig }, process.env);
  await runService('matcher', options, settings, async (host) => {
    await host.start(createMatcher({ ...host.context, config: settings.matcher, lanes }));
    return { lanes };
  });
}

export async function runAlerting(options: ServiceProcessOptions): Promise<void> {
  const settings = readSettings({ ...COMMON_SETTINGS, alerting: loadAlertingConfig }, process.env);
  const portsOn = (host: string) => tipsPorts(settings.alerting.tips, host);
  const start = async (host: Host, ops: OpsPort) => {
    const { context } = host;
    const tips = { ...settings.alerting.tips, host: settings.alerting.tips.host ?? context.address };
    const config = { ...settings.alerting, tips, consoleUrl: linkBase(settings.alerting, ops) };
    await host.start(createAlerting({ ...context, config, terminal: null }));
    return {};
  };
  await runService('alerting', options, settings, start, portsOn);
}

/** Serves the analyst's console. */
export async function runConsole(
  options: ServiceProcessOptions & { readonly consolePort?: number },
): Promise<void> {
  const loaders = { ...COMMON_SETTINGS, alerting: loadAlertingConfig, console: loadConsoleConfig };
  const settings = readSettings(loaders, process.env);
  const { host = settings.console.host, consolePort: port = settings.console.port } = options;
  const config = { ...settings, console: { ...settings.console, host, port } };
  const start = async (process_: Host) => {
    const console = await startConsole(process_, config);
    const { address, firstLink } = console;
    // Not by the logger: a log keeps what it is told.
    if (firstLink !== null) process.stderr.write(`make the first account by this link, once: ${firstLink}\n`);
    return { console: address };
  };
  const ports = consolePorts(config.console, '--console-port');
  await runService('console', options, settings, start, () => ports);
}

/** Scans history again. */
export async function runRescan(options: ServiceProcessOptions): Promise<void> {
  const settings = readSettings({ ...COMMON_SETTINGS, rescan: loadRescanConfig }, process.env);
  await runService('rescan', options, settings, async (host) => {
    const trim: RescanOptions['trim'] = (...what) => trimLog(host.context.store, ...what);
    await host.start(createRescan({ ...host.context, trim, config: settings.rescan }));
    return {};
  });
}
