import { type Stoppable } from '@leakwatch/runtime';
import { startTipsServer, type TipsServerOptions } from './tips-server.ts';

export type TipsOptions = Omit<TipsServerOptions, 'settings'> & {
  readonly settings: Omit<TipsServerOptions['settings'], 'port'> & { readonly port: number | null };
};

/** Takes tips over HTTP if a port and tokens are set. */
export async function startTips(options: TipsOptions): Promise<Stoppable> {
  const { port, tokens } = options.settings;
  if (port === null || tokens.length === 0) return { name: 'tips', stop: () => Promise.resolve() };
  const server = await startTipsServer({ ...options, settings: { ...options.settings, port } });
  options.logger.info({ address: server.address }, 'listening for tips');
  return server;
}
