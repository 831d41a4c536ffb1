import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A host of pictures on loopback that answers late, gives a byte now and then, or never answers. */
export async function openSlowHost(): Promise<{ address: string; close: () => Promise<void> }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (asked % 3 === 0) return;
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '100000' });
    response.flushHeaders();
    if (asked % 3 === 1) return;
    void (async () => {
      while (!response.destroyed) {
        response.write('x');
        await sleep(1000);
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
