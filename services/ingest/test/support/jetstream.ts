import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

/** An event in the form that Jetstream documents. */
export interface JetstreamEvent {
  readonly kind: string;
  readonly did: string;
  readonly time_us: number;
  readonly [part: string]: unknown;
}

/** A stand-in for a Jetstream: it keeps what it was given, and replays it from a cursor on. */
export interface Jetstream {
  readonly url: string;
  emit(event: JetstreamEvent): void;
  /** Sends something else to every socket. */
  say(text: string): void;
  /** The cursor of each connection, in their order. */
  readonly cursors: (number | null)[];
  /** The accounts of each message with options, in their order. */
  readonly wanted: (readonly string[])[];
  /** True: every new connection is closed at once. */
  refuses: boolean;
  /** Ends all connections; a code closes them politely. */
  drop(code?: number): void;
  close(): Promise<void>;
}

const HelloSchema = z.object({
  type: z.literal('options_update'),
  payload: z.object({ wantedCollections: z.array(z.string()), wantedDids: z.array(z.string()) }),
});

interface Listener {
  readonly socket: WebSocket;
  readonly cursor: number | null;
  dids: ReadonlySet<string> | null;
}

export async function startJetstream(port = 0): Promise<Jetstream> {
  const kept: JetstreamEvent[] = [];
  const listeners = new Set<Listener>();
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const send = ({ socket, dids }: Listener, event: JetstreamEvent) => {
    if (dids?.has(event.did) === true) socket.send(JSON.stringify(event));
  };
  const jetstream: Jetstream = {
    url: `ws://127.0.0.1:${address.port}`,
    cursors: [],
    wanted: [],
    refuses: false,
    emit: (event) => {
      kept.push(event);
      for (const listener of listeners) send(listener, event);
    },
    say: (text) => {
      for (const { socket } of listeners) socket.send(text);
    },
    drop: (code) => {
      for (const { socket } of listeners) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    close: async () => {
      for (const { socket } of listeners) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  server.on('connection', (socket, request) => {
    if (jetstream.refuses) {
      socket.terminate();
      return;
    }
    const asked = new URL(request.url ?? '', jetstream.url).searchParams.get('cursor');
    const listener: Listener = { socket, cursor: asked === null ? null : Number(asked), dids: null };
    jetstream.cursors.push(listener.cursor);
    listeners.add(listener);
    socket.on('close', () => listeners.delete(listener));
    socket.on('error', () => undefined);
    socket.on('message', (bytes: Buffer) => {
      const { payload } = HelloSchema.parse(JSON.parse(bytes.toString()));
      const isFirst = listener.dids === null;
      listener.dids = new Set(payload.wantedDids);
      jetstream.wanted.push(payload.wantedDids.toSorted());
      const { cursor } = listener;
      if (!isFirst || cursor === null) return;
      for (const event of kept.filter(({ time_us: at }) => at > cursor)) send(listener, event);
    });
  });
  return jetstream;
}
