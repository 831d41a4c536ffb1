import { createIngest, loadIngestConfig, startWebhookServer, type IngestApp } from '@leakwatch/ingest';
import { Lifecycle } from '@leakwatch/runtime';
import { type Part, type PartContext } from './part.ts';

export interface IngestPart extends Part {
  readonly ingest: IngestApp;
  /** Null where posts can't be handed in over HTTP. */
  readonly webhookAddress: string | null;
}

const STOP_TIMEOUT_MS = 30_000;

/** @param webhookPort - null: no webhook; there is none either without a secret to check deliveries by */
export async function startIngestPart(context: PartContext, webhookPort: number | null): Promise<IngestPart> {
  const { environment, logger, host } = context;
  const lifecycle = new Lifecycle(logger);
  const config = loadIngestConfig(process.env);
  const ingest = createIngest({ ...context, store: environment.store, log: environment.log, config });
  try {
    await ingest.start();
    lifecycle.add(ingest);
    const takesDeliveries = config.webhook.secrets.length > 0 || config.webhook.unsigned;
    const webhook =
      webhookPort === null || !takesDeliveries
        ? null
        : lifecycle.add(
            await startWebhookServer({
              app: ingest,
              config: { ...config.webhook, host, port: webhookPort },
              logger,
            }),
          );
    return {
      name: 'ingest',
      stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
      checks: [],
      fillGauges: () => Promise.resolve(),
      ingest,
      webhookAddress: webhook?.address ?? null,
    };
  } catch (error) {
    await lifecycle.stop(STOP_TIMEOUT_MS);
    throw error;
  }
}
