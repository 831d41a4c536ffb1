import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { sees } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { type ChangeRow } from '../live/queries/list-changes.ts';
import { ProblemError } from '../problems.ts';
import { LiveEventSchema, type LiveEvent } from '../schemas/index.ts';

/** Proxies and browsers drop a silent connection. */
const BEAT_MS = 15_000;
/** A browser's reader that takes nothing must not fill our memory: it connects again and misses nothing. */
const MOST_WAITING_BYTES = 1_000_000;

/** `GET /v1/events`: server-sent events that go on where `Last-Event-ID` stopped. */
export function addEvents(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, live } = context;
  server.get(
    '/v1/events',
    {
      schema: {
        description:
          'Server-sent events: changes of incidents, a reset where some may have been missed, and the end of the session.',
        produces: ['text/event-stream'],
        response: { 200: LiveEventSchema },
      },
      config: { rateLimit: false },
    },
    async (request, reply) => {
      const { raw } = reply;
      const write = (text: string) => {
        if (raw.writableEnded || raw.destroyed) return;
        if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
        else raw.write(text);
      };
      const send = (event: LiveEvent, id?: number) => {
        write(
          `${id === undefined ? '' : `id: ${id}\n`}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
        );
      };
      const isStillIn = async () => {
        if (await admitAgain(context, request)) return true;
        send({ type: 'signed-out' });
        raw.end();
        return false;
      };
      /** Goes by the rights of this moment: those with which the stream began may be gone. */
      const tell = async (rows: readonly ChangeRow[]) => {
        if (rows.length === 0 || !(await isStillIn())) return;
        const viewer = guard.viewerOf(request);
        for (const row of rows) if (sees(viewer, row.campaignId)) send(eventOf(row), row.seq);
      };

      reply.hijack();
      raw.writeHead(200, {
        ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      write('retry: 2000\n\n');
      const cut = () => {
        raw.destroy();
      };
      // Listens before it looks back, so that nothing falls between the two; what comes twice is the same event.
      const waiting: ChangeRow[] = [];
      let missed: ReadonlySet<number> = new Set();
      const tellWaiting = () => tell(waiting.splice(0).filter(({ seq }) => !missed.has(seq)));
      // One batch after the other; what comes while one is told is the next.
      let telling = Promise.resolve();
      const stop = live.listen((row) => {
        waiting.push(row);
        telling = telling.then(tellWaiting).catch(cut);
      });
      const beat = setInterval(() => {
        isStillIn().then((isIn) => {
          if (isIn) write(': beat\n\n');
        }, cut);
      }, BEAT_MS);
      raw.on('close', () => {
        clearInterval(beat);
        stop();
      });
      // A stream that is cut before its first event goes on from here, too.
      if (request.headers['last-event-id'] === undefined) write(`id: ${live.last()}\n\n`);
      const lookBack = async () => {
        const rows = await missedBy(request, live);
        if (rows === null) {
          // With a place to go on from: the one that was given would lead here again.
          send({ type: 'reset' }, live.last());
          return;
        }
        missed = new Set(rows.map(({ seq }) => seq));
        await tell(rows);
      };
      telling = lookBack().catch(cut);
      await telling;
    },
  );
}

/** The changes after the place at which a stream was cut; null if it is no place that we know, or too many came since. */
async function missedBy(
  request: FastifyRequest,
  live: ConsoleContext['live'],
): Promise<readonly ChangeRow[] | null> {
  const last = request.headers['last-event-id'];
  if (last === undefined) return [];
  if (typeof last !== 'string' || !/^\d{1,15}$/.test(last) || Number(last) > live.last()) return null;
  return live.since(Number(last));
}

/**
 * Reads the viewer anew. A session ends while its stream is open: when its account changes, or somebody signs out elsewhere. A token
 * lives on with what its account still has.
 */
async function admitAgain({ guard }: ConsoleContext, request: FastifyRequest): Promise<boolean> {
  try {
    await guard.admit(request);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function eventOf({ alertId, version, change, by, at }: ChangeRow): LiveEvent {
  return { type: 'incident', id: alertId, version, change, by, at: at.toISOString() };
}
