/**
 * Every service in one process. The order of the start is the order in which they depend on each other, last in the flow
 * first, so that whoever writes a record is started after whoever reads it; stopping goes the other way.
 */
import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadIngestConfig, type IngestApp } from '@leakwatch/ingest';
import { loadMatcherConfig } from '@leakwatch/matcher';
import { loadRescanConfig } from '@leakwatch/rescan';
import { createHost, type Host, type HostOptions } from './host.ts';
import { startAlertingPart } from './parts/alerting-part.ts';
import { startIngestPart } from './parts/ingest-part.ts';
import { startMatcherPart } from './parts/matcher-part.ts';
import { startRescanPart } from './parts/rescan-part.ts';

export interface AppOptions extends HostOptions {
  /** Null: no metrics and health over HTTP. */
  readonly opsPort: number | null;
  /** Null: no webhook; there is none either without a secret to check deliveries by. */
  readonly webhookPort: number | null;
  /** Where alerts are told as they come; null: nowhere. */
  readonly terminal: { write: (line: string) => void; details: boolean } | null;
}

export interface App {
  readonly host: Host;
  readonly ingest: IngestApp;
  readonly opsAddress: string | null;
  readonly webhookAddress: string | null;
  /** Ingest first, the database last, each finishing what it has begun. */
  stop(): Promise<void>;
}

/** What its parts read: to be checked before any of them is started. */
export const APP_SETTINGS = [
  loadIngestConfig,
  loadMatcherConfig,
  loadAlertingConfig,
  loadRescanConfig,
] as const;

export async function startApp(options: AppOptions): Promise<App> {
  const host = createHost(options);
  try {
    host.add(await startAlertingPart(host.context, options.terminal));
    host.add(await startMatcherPart(host.context, ['text', 'image']));
    host.add(await startRescanPart(host.context, options.terminal?.write ?? null));
    const { ingest, webhookAddress } = host.add(await startIngestPart(host.context, options.webhookPort));
    const opsAddress = options.opsPort === null ? null : await host.serveOps(options.opsPort);
    return { host, ingest, opsAddress, webhookAddress, stop: () => host.stop() };
  } catch (error) {
    await host.stop();
    throw error;
  }
}
