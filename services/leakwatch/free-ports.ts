import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { UsageError } from '@leakwatch/runtime';
import { holderOf } from './port-holder.ts';

/** A port that a process will serve. */
export interface WantedPort {
  /** Its purpose, for people. */
  readonly of: string;
  readonly host: string;
  readonly port: number;
  /** The options and settings that choose it. */
  readonly chosenBy: string;
}

/**
 * Looks whether ports are free, before anything else is started: a new database takes ten seconds to make.
 *
 * @throws UsageError that names each port that can't be taken, who has it, and the option for another
 */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const problems = await problemsOfPorts(wanted);
  if (problems.size > 0) throw new UsageError([...problems.values()].join('\n'));
}

/** The problem of each port that can't be taken. All are taken at the same time, so that two of ours on one port are seen, too. */
export async function problemsOfPorts(
  wanted: readonly WantedPort[],
): Promise<ReadonlyMap<WantedPort, string>> {
  const taken: Server[] = [];
  const problems = new Map<WantedPort, string>();
  try {
    for (const one of wanted.filter(({ port }) => port !== 0)) {
      const server = createServer();
      try {
        server.listen({ host: one.host, port: one.port, exclusive: true });
        await once(server, 'listening');
        taken.push(server);
      } catch (error) {
        const own = wanted.find((other) => other !== one && other.port === one.port);
        problems.set(one, await describe(one, error, own));
      }
    }
  } finally {
    await Promise.all(taken.map((server) => new Promise((done) => server.close(done))));
  }
  return problems;
}

async function describe(
  { of, host, port, chosenBy }: WantedPort,
  error: unknown,
  own: WantedPort | undefined,
): Promise<string> {
  const place = `port ${port} on ${host}, for ${of},`;
  switch (error instanceof Error && 'code' in error ? error.code : '') {
    case 'EADDRINUSE': {
      const holder = own === undefined ? await holderOf(port) : `${own.of} of this call`;
      const by = holder === null ? "by a process of another user, perhaps a leakwatch's" : `by ${holder}`;
      return `${place} is in use ${by}; choose another (0: any free one) by ${chosenBy}`;
    }
    case 'EACCES':
      return `${place} is not for this user; choose another, from 1024 on, by ${chosenBy}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${place} can't be taken: this machine has no address ${host}`;
    default:
      throw error;
  }
}
