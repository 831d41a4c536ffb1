import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePorts } from '@leakwatch/kafka-local';

/** An address of this machine that refuses connections until it is opened, and leads to a server from then on. */
export interface LateAddress {
  readonly port: number;
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function lateAddress(to: {
  readonly host: string;
  readonly port: number;
}): Promise<LateAddress> {
  const [port = 0] = await freePorts(1);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const beyond = connect(to);
    for (const socket of [client, beyond]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(beyond).pipe(client);
  });
  return {
    port,
    open: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
