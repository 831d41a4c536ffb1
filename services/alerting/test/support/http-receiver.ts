import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export interface HttpReceiver<Message> {
  readonly url: string;
  /** Accepted requests, in order of arrival; each fits the receiver's schema. */
  readonly accepted: readonly Message[];
  /** Switches 503 answers on or off. */
  refuse(isDown: boolean): void;
  close(): Promise<void>;
}

/** A receiver on loopback that answers 400 to anything outside its schema, like the real one. */
export async function openHttpReceiver<S extends z.ZodType>(schema: S): Promise<HttpReceiver<z.infer<S>>> {
  const accepted: z.infer<S>[] = [];
  let isDown = false;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (isDown) return response.writeHead(503).end();
      const message = schema.safeParse(JSON.parse(body));
      if (!message.success) return response.writeHead(400).end();
      accepted.push(message.data);
      return response.writeHead(202).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/secret-path`,
    accepted,
    refuse: (next) => {
      isDown = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
