import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { sees } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { type ChangeRow } from '../live/queries/list-changes.ts';
import { type LiveEvent } from '../schemas/index.ts';

/** Proxies and browsers drop a silent connection. */
const BEAT_MS = 15_000;
/** A browser's reader that takes nothing must not fill our memory: it connects again and misses nothing. */
const MOST_WAITING_BYTES = 1_000_000;

/** `GET /v1/events`: server-sent events that go on where `Last-Event-ID` stopped. */
export function addEvents(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, live } = context;
  server.get(
    '/v1/events',
    { schema: { hide: true }, config: { rateLimit: false } },
    async (request, reply) => {
      const viewer = guard.viewerOf(request);
      const { raw } = reply;
      let lastSent = 0;
      const write = (text: string) => {
        if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
        else raw.write(text);
      };
      const send = (event: LiveEvent, id?: number) => {
        write(
          `${id === undefined ? '' : `id: ${id}\n`}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
        );
      };
      const tell = (row: ChangeRow) => {
        if (!sees(viewer, row.campaignId)) return;
        send(eventOf(row), row.seq);
        lastSent = row.seq;
      };

      reply.hijack();
      raw.writeHead(200, {
        ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      write('retry: 2000\n\n');
      // Listens before it looks back, so that nothing falls between the two; what comes twice is the same event.
      const waiting: ChangeRow[] = [];
      let isCaughtUp = false;
      const stop = live.listen((row) => {
        if (isCaughtUp) tell(row);
        else waiting.push(row);
      });
      const beat = setInterval(() => {
        stillSignedIn(context, request).then(
          (isIn) => {
            if (isIn) write(': beat\n\n');
            else {
              send({ type: 'signed-out' });
              raw.end();
            }
          },
          () => raw.destroy(),
        );
      }, BEAT_MS);
      raw.on('close', () => {
        clearInterval(beat);
        stop();
      });
      // A stream that is cut before its first event goes on from here, too.
      if (request.headers['last-event-id'] === undefined) write(`id: ${live.last()}\n\n`);
      await catchUp(request, live, { tell, send });
      isCaughtUp = true;
      for (const row of waiting) if (row.seq > lastSent) tell(row);
    },
  );
}

async function catchUp(
  request: FastifyRequest,
  live: ConsoleContext['live'],
  { tell, send }: { tell: (row: ChangeRow) => void; send: (event: LiveEvent) => void },
): Promise<void> {
  const last = request.headers['last-event-id'];
  if (typeof last !== 'string' || !/^\d{1,15}$/.test(last)) return;
  const missed = await live.since(Number(last));
  if (missed === null) send({ type: 'reset' });
  else for (const row of missed) tell(row);
}

/** A session ends while its stream is open: when its account changes, or somebody signs out elsewhere. */
async function stillSignedIn({ guard }: ConsoleContext, request: FastifyRequest): Promise<boolean> {
  try {
    await guard.admit(request);
    return true;
  } catch {
    return false;
  }
}

function eventOf({ alertId, version, change, by, at }: ChangeRow): LiveEvent {
  return { type: 'incident', id: alertId, version, change, by, at: at.toISOString() };
}
