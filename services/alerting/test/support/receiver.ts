import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

export const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;

const NoticeSchema = z.strictObject({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    alertId: z.string(),
    severity: z.string(),
    tier: z.int(),
    state: z.string(),
    dueAt: z.iso.datetime(),
    url: z.url(),
    level: z.int().min(1).optional(),
    called: z.string().optional(),
    campaignId: z.string().optional(),
    creatorId: z.string().optional(),
    match: z.string().optional(),
    test: z.string().optional(),
  }),
});

interface ReceivedNotice {
  readonly id: string;
  readonly notice: z.infer<typeof NoticeSchema>;
  readonly body: string;
  readonly traceparent: string | null;
}

/**
 * The receiver's behaviour. `dawdle` accepts after a second, `redirect` leads to /elsewhere, `hang` never answers, `forget`
 * accepts and drops the connection.
 */
type Manner = 'accept' | 'dawdle' | 'refuse' | 'redirect' | 'hang' | 'forget';

export interface Receiver {
  readonly url: string;
  /** Accepted notices, in order; each had a valid signature and form. */
  readonly accepted: readonly ReceivedNotice[];
  /** `POST /hook`, a line per request, accepted or not. */
  readonly requests: readonly string[];
  behave(manner: Manner): void;
  close(): Promise<void>;
}

/** A webhook receiver on loopback that checks signature and schema. */
export async function openReceiver(): Promise<Receiver> {
  const verifier = new Webhook(SECRET);
  const accepted: ReceivedNotice[] = [];
  const requests: string[] = [];
  let manner: Manner = 'accept';

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void readBody(request).then(async (body) => {
      if (manner === 'dawdle') await setTimeout(1_000);
      if (manner === 'hang') return;
      if (manner === 'refuse') return response.writeHead(503).end('try again later');
      if (manner === 'redirect') return response.writeHead(307, { location: '/elsewhere' }).end();
      const headers = z.record(z.string(), z.string()).parse(request.headers);
      const notice = NoticeSchema.parse(verifier.verify(body, headers));
      const { traceparent = null } = headers;
      accepted.push({ id: headers['webhook-id'] ?? '', notice, body, traceparent });
      return manner === 'forget' ? request.socket.destroy() : response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    accepted,
    requests,
    behave: (next) => {
      manner = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
  return Buffer.concat(chunks).toString();
}
