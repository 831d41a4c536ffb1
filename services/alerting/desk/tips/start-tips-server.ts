import { type Stoppable } from '@leakwatch/runtime';
import { startReportsServer, type ReportsServerOptions } from './reports-server.ts';

export type TipsServerOptions = Omit<ReportsServerOptions, 'settings'> & {
  readonly settings: Omit<ReportsServerOptions['settings'], 'port'> & { readonly port: number | null };
};

/** Takes reported leaks over HTTP if a port and tokens are set. */
export async function startTipsServer(options: TipsServerOptions): Promise<Stoppable> {
  const { port, tokens } = options.settings;
  if (port === null || tokens.length === 0) return { name: 'reports', stop: () => Promise.resolve() };
  const server = await startReportsServer({ ...options, settings: { ...options.settings, port } });
  options.logger.info({ address: server.address }, 'listening for reported leaks');
  return server;
}
