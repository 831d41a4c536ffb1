import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createBoundedServer, SMALL_BOUNDS } from '../../index.ts';

const servers: ReturnType<typeof createBoundedServer>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function listen(bounds: Partial<typeof SMALL_BOUNDS>): Promise<{ port: number; url: string }> {
  const server = createBoundedServer({ ...SMALL_BOUNDS, ...bounds });
  servers.push(server);
  server.get('/', () => 'here');
  server.post('/', () => 'taken');
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(url).port), url };
}

/** A connection, and the promise that it ends, made early: the end may come together with the beginning. */
async function connect(port: number): Promise<{ socket: net.Socket; closed: Promise<unknown> }> {
  const socket = net.connect(port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  return { socket, closed };
}

it('closes connections above those of one address, and takes others once some are closed', async () => {
  const { port, url } = await listen({ connectionsPerAddress: 3 });
  const held = await Promise.all([connect(port), connect(port), connect(port)]);
  await (
    await connect(port)
  ).closed;
  held.forEach(({ socket }) => socket.destroy());
  await expect
    .poll(() =>
      fetch(url).then(
        (response) => response.text(),
        () => 'refused',
      ),
    )
    .toBe('here');
});

it('ends a connection whose headers or body do not come in time', async () => {
  const { port } = await listen({ requestMs: 500 });
  const headers = await connect(port);
  headers.socket.write('POST / HTTP/1.1\r\nHost: a\r\n');
  const body = await connect(port);
  body.socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
  await Promise.all([headers.closed, body.closed]);
});

it('refuses a body above the bound', async () => {
  const { url } = await listen({ bodyBytes: 100 });
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify('x'.repeat(200)),
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(413);
});
