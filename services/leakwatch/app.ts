/**
 * Every service in one process. The order of the start is the order in which they depend on each other, last in the flow
 * first, so that whoever writes a record is started after whoever reads it; stopping goes the other way.
 */
import { createAlerting, loadAlertingConfig, type AlertingApp } from '@leakwatch/alerting';
import { createIngest, loadIngestConfig, startWebhookServer, type IngestApp } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig, type MatcherApp } from '@leakwatch/matcher';
import { Lifecycle, startOpsServer, type Logger, type Metrics } from '@leakwatch/runtime';
import { type Environment } from './environment.ts';
import { fillGauges } from './gauges.ts';

export interface AppOptions {
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly host: string;
  /** Null: no metrics and health over HTTP. */
  readonly opsPort: number | null;
  /** Null: no webhook; there is none either without a secret to check deliveries by. */
  readonly webhookPort: number | null;
  /** Where alerts are told as they come; null: nowhere. */
  readonly terminal: { write: (line: string) => void; details: boolean } | null;
}

export interface App {
  readonly ingest: IngestApp;
  readonly matcher: MatcherApp;
  readonly alerting: AlertingApp;
  readonly opsAddress: string | null;
  readonly webhookAddress: string | null;
  /** Ingest first, the database last, each finishing what it has begun. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;

export async function startApp(options: AppOptions): Promise<App> {
  const { environment, metrics, logger } = options;
  const lifecycle = new Lifecycle(logger);
  lifecycle.add(environment);
  const shared = { store: environment.store, log: environment.log, metrics, logger, clock: () => new Date() };
  try {
    const alerting = createAlerting({
      ...shared,
      config: loadAlertingConfig(process.env),
      terminal: options.terminal,
    });
    await alerting.start();
    lifecycle.add({ name: 'alerting', stop: () => alerting.stop() });

    const matcher = createMatcher({ ...shared, config: loadMatcherConfig(process.env) });
    await matcher.start();
    lifecycle.add({ name: 'matcher', stop: () => matcher.stop() });

    const ingestConfig = loadIngestConfig(process.env);
    const ingest = createIngest({ ...shared, config: ingestConfig });
    await ingest.start();
    lifecycle.add(ingest);

    const ops =
      options.opsPort === null
        ? null
        : lifecycle.add(
            await startOpsServer({
              host: options.host,
              port: options.opsPort,
              metrics,
              checks: [
                { name: 'store', check: () => environment.store.ping() },
                { name: 'log', check: () => environment.log.endOffsets('posts').then(() => undefined) },
                { name: 'watch list', check: () => matcher.ready() },
                { name: 'alerting', check: () => alerting.ready() },
              ],
              beforeScrape: () => fillGauges(environment, metrics),
            }),
          );
    const { webhook: webhookConfig } = ingestConfig;
    const takesDeliveries = webhookConfig.secrets.length > 0 || webhookConfig.unsigned;
    const webhook =
      options.webhookPort === null || !takesDeliveries
        ? null
        : lifecycle.add(
            await startWebhookServer({
              app: ingest,
              config: { ...webhookConfig, host: options.host, port: options.webhookPort },
              logger,
            }),
          );
    return {
      ingest,
      matcher,
      alerting,
      opsAddress: ops?.address ?? null,
      webhookAddress: webhook?.address ?? null,
      stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    };
  } catch (error) {
    await lifecycle.stop(STOP_TIMEOUT_MS);
    throw error;
  }
}
