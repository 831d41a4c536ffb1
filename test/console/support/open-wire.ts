import { createConnection, createServer, type Socket } from 'node:net';
import { z } from 'zod';

/** A wire to a server that can be cut and mended. */
export interface Wire {
  readonly address: string;
  /** Ends every connection, and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  readonly close: () => Promise<void>;
}

const AddressSchema = z.object({ port: z.int() });

export async function openWire(to: string): Promise<Wire> {
  const { hostname, port: toPort } = new URL(to);
  const open = new Set<Socket>();
  const note = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = createConnection({ host: hostname, port: Number(toPort) });
    note(near);
    note(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, hostname, () => {
        server.off('error', reject);
        resolve(AddressSchema.parse(server.address()).port);
      });
    });
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  const port = await listen(0);
  return {
    address: `http://${hostname}:${port}`,
    cut,
    mend: async () => {
      await listen(port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
