import { createServer } from 'node:http';
import { z } from 'zod';

/** A platform's picture host on loopback, where a picture can be taken down like a story. */
export async function servePictures(): Promise<{
  /** Publishes a picture and gives its address. */
  show(name: string, bytes: Uint8Array): string;
  takeDown(name: string): void;
  close(): Promise<void>;
}> {
  const pictures = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const picture = pictures.get((request.url ?? '').slice(1));
    if (picture === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    show: (name, bytes) => {
      pictures.set(name, bytes);
      return `http://127.0.0.1:${port}/${name}`;
    },
    takeDown: (name) => void pictures.delete(name),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
