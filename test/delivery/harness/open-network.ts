import { onTestFinished } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A network for the running test. */
export async function openNetwork(seed: number): Promise<TcpProxy> {
  const network = await startTcpProxy(seed);
  onTestFinished(() => network.close());
  return network;
}
