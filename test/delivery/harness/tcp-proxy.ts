import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../harness/seeded-random.ts';

/**
 * A network between a client and a server, with the faults of networks. Each direction of a connection keeps its order
 * under every fault.
 */
export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  /** Changes the server that new connections lead to. */
  leadTo(port: number): void;
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): void;
  /**
   * Half-open: connections stay, and nothing goes through in either direction. Existing ones stay silent for ever, as after
   * a router forgot them; `mend` helps new ones only.
   */
  silence(): void;
  /** Holds up every chunk for a seeded share of the given milliseconds, until `mend`. */
  delay(upToMs: number): void;
  mend(): void;
  /**
   * Lets the next matching request through, drops its answer and breaks that connection: the server has done the work, and the
   * client can't know. Resolves afterwards.
   */
  loseAnswerTo(fits: (request: Buffer) => boolean): Promise<void>;
  /** Connections made so far, and connections open now. */
  connections(): { made: number; open: number };
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  silent: boolean;
  losing: (() => void) | null;
}

const HOST = '127.0.0.1';

export async function startTcpProxy(seed: number): Promise<TcpProxy> {
  const random = seededRandom(seed);
  const links = new Set<Link>();
  let target = 0;
  let state: 'open' | 'cut' | 'silent' = 'open';
  let delayMs = 0;
  let made = 0;
  let loss: { fits: (request: Buffer) => boolean; happened: () => void } | null = null;

  function breakLink(link: Link): void {
    links.delete(link);
    link.client.destroy();
    link.server.destroy();
  }

  /** Carries one direction; `watch` says whether a chunk may go on. */
  function carry(link: Link, from: Socket, to: Socket, watch: (chunk: Buffer) => boolean): void {
    let line = Promise.resolve();
    const inTurn = (work: () => Promise<void> | void) => {
      line = line.then(work);
    };
    from.on('data', (chunk: Buffer) => {
      if (link.silent || !watch(chunk)) return;
      const heldUpMs = delayMs * random();
      from.pause();
      inTurn(async () => {
        if (heldUpMs > 0) await sleep(heldUpMs);
        if (!to.destroyed && !to.write(chunk)) await untilDrained(to);
        from.resume();
      });
    });
    from.on('end', () =>
      inTurn(() => {
        if (!link.silent) to.end();
      }),
    );
    // `close` breaks the other side, too.
    from.on('error', () => undefined);
    from.on('close', () =>
      inTurn(() => {
        if (!link.silent) breakLink(link);
      }),
    );
  }

  const server = createServer((client) => {
    made += 1;
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const link: Link = { client, server: connect(target, HOST), silent: state === 'silent', losing: null };
    links.add(link);
    for (const socket of [link.client, link.server]) socket.setNoDelay(true);
    carry(link, link.client, link.server, (request) => {
      if (loss?.fits(request)) {
        link.losing = loss.happened;
        loss = null;
      }
      return true;
    });
    carry(link, link.server, link.client, () => {
      if (link.losing === null) return true;
      breakLink(link);
      link.losing();
      return false;
    });
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = addressOf(server.address());

  return {
    host: HOST,
    port,
    leadTo: (toPort) => void (target = toPort),
    cut() {
      state = 'cut';
      for (const link of [...links]) breakLink(link);
    },
    silence() {
      state = 'silent';
      for (const link of links) link.silent = true;
    },
    delay: (upToMs) => void (delayMs = upToMs),
    mend() {
      state = 'open';
      delayMs = 0;
    },
    loseAnswerTo: (fits) =>
      new Promise((happened) => {
        loss = { fits, happened };
      }),
    connections: () => ({ made, open: links.size }),
    async close() {
      for (const link of [...links]) breakLink(link);
      server.close();
      await once(server, 'close');
    },
  };
}

/** Resolves when the socket takes more bytes or is closed. */
function untilDrained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      socket.off('drain', over).off('close', over);
      resolve();
    };
    socket.on('drain', over).on('close', over);
  });
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address;
}
