import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports below those that Linux gives to outgoing connections (from 32768 on). A server that starts seconds after
 * its port was chosen, or starts again on it, would else find it taken by a connection of any process.
 */
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;

/** Finds different free TCP ports of 127.0.0.1, for servers that start later. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const isTaken = (error: Error) => {
    if (!('code' in error) || error.code !== 'EADDRINUSE') throw error;
    return false;
  };
  const free = await once(server, 'listening').then(() => true, isTaken);
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
