import { Lifecycle, type Logger, type Metrics, type Stoppable } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { startLoop } from '../../tell/outbox/loop.ts';
import { eraseReportContacts } from '../queries/leak-report-settle.ts';
import { startReportsServer, type ReportsServerOptions } from './reports-server.ts';
import { settleReport } from './settle-reports.ts';

const STOP_TIMEOUT_MS = 10_000;

export interface ReportSettings extends Omit<ReportsServerOptions['settings'], 'port'> {
  /** Null, as without tokens: no reports are taken over HTTP. */
  readonly port: number | null;
  readonly contactKeepMs: number;
  readonly erasePollMs: number;
  /** How often due reports are looked for. */
  readonly pollMs: number;
}

export interface ReportsPartOptions {
  readonly store: Pick<Store, 'pool' | 'transaction'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly settings: ReportSettings;
}

/** Settles reports and lets go of contacts; takes reports over HTTP where a port and tokens are set. */
export async function startReports(options: ReportsPartOptions): Promise<Stoppable> {
  const { store, metrics, logger, clock, settings } = options;
  const lifecycle = new Lifecycle(logger);
  const loop = (name: string, pollMs: number, turn: () => Promise<boolean>) => {
    const one = startLoop({
      turn: async (isStopping) => (await turn()) && !isStopping,
      pollMs,
      onError: (error) => {
        metrics.stageFailures.inc({ stage: 'reports', reason: name });
        logger.warn({ error: error.message }, 'reports are not settled and are tried again');
      },
    });
    lifecycle.add({ name: `reports: ${name}`, stop: () => one.stop() });
  };
  loop('settle', settings.pollMs, () => settleReport(store, { metrics, clock }));
  loop('contacts', settings.erasePollMs, async () => {
    await eraseReportContacts(store.pool, settings.contactKeepMs);
    return false;
  });
  const { port, tokens } = settings;
  if (port !== null && tokens.length > 0) {
    try {
      const server = await startReportsServer({
        db: store.pool,
        metrics,
        logger,
        settings: { ...settings, port },
      });
      lifecycle.add(server);
      logger.info({ address: server.address }, 'reports are taken');
    } catch (error) {
      await lifecycle.stop(STOP_TIMEOUT_MS);
      throw error;
    }
  }
  return { name: 'reports', stop: () => lifecycle.stop(STOP_TIMEOUT_MS) };
}
