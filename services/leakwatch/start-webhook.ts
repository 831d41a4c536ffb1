import { startWebhookServer, type IngestApp, type IngestConfig } from '@leakwatch/ingest';
import { type Host } from './host.ts';

const DEFAULT_PORT = 8080;

/** The webhook's port; null where none is served. */
export function webhookPortOf(config: IngestConfig['webhook'], chosen: number | undefined): number | null {
  if (config.secrets.length === 0 && !config.unsigned) return null;
  return chosen ?? config.port ?? DEFAULT_PORT;
}

/**
 * Serves the webhook, if it may take deliveries: it needs a secret to check them by, or leave to take them unsigned.
 *
 * @param config - the settings of ingest's webhook
 * @param chosen - the command line's port, which overrides that of the settings
 * @returns the webhook's address; null without a webhook
 */
export async function startWebhook(
  host: Host,
  ingest: IngestApp,
  config: IngestConfig['webhook'],
  chosen?: number,
): Promise<string | null> {
  const port = webhookPortOf(config, chosen);
  if (port === null) return null;
  const { logger, address } = host.context;
  const server = await startWebhookServer({
    app: ingest,
    config: { ...config, host: config.host ?? address, port },
    logger,
  });
  return host.add(server).address;
}
