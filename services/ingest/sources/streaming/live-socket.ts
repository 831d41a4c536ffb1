import diagnostics from 'node:diagnostics_channel';
import { type Socket } from 'node:net';
import { pause } from '@leakwatch/runtime';
import { assertPublicLiteral, createPublicConnector } from '@leakwatch/runtime/outbound';
import { Agent, ping, WebSocket } from 'undici';
import { type HttpLimits } from '../polling/http-get.ts';

interface LiveSocketOptions {
  readonly limits: HttpLimits;
  /** Where to connect now; null: nowhere for the time being. */
  readonly target: () => Promise<{ url: string; headers: Readonly<Record<string, string>> } | null>;
  readonly onOpen: (send: (text: string) => void) => void;
  readonly onMessage: (text: string) => void;
  /**
   * @param failures - attempts in a row that brought no lasting connection; 0: one that lasted has ended
   * @param code - the code with which the other side closed, if it did
   */
  readonly onDown: (failures: number, code: number | null) => void;
  readonly longestWaitMs: number;
}

interface LiveSocket {
  isUp(): boolean;
  /** Sends, if the socket is up. */
  send(text: string): void;
  /** Ends the connection; another attempt follows. */
  drop(): void;
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
/** A connection that lasted as long starts the back-off anew. */
const LASTING_MS = 30_000;
/** A peer that gives no sign for three pings is gone: a socket alone would not notice for a quarter of an hour. */
const PING_MS = 20_000;
const MISSED_PINGS = 3;

/** Keeps a WebSocket open to a stranger's server. After a failure it waits for a time wholly at random, longer with each. */
export function startLiveSocket(options: LiveSocketOptions): LiveSocket {
  const stopping = new AbortController();
  let socket: WebSocket | null = null;
  let drop = (): void => undefined;
  const isUp = () => socket?.readyState === WebSocket.OPEN;

  const attempt = async (): Promise<number | null> => {
    const target = await options.target();
    if (target === null || stopping.signal.aborted) return null;
    const { limits } = options;
    if (!limits.allowPrivateAddresses) assertPublicLiteral(new URL(target.url).hostname);
    const connect = createPublicConnector(limits);
    let raw: Socket | null = null;
    const dispatcher = new Agent({
      connect: (to, callback) => {
        connect(to, (...result) => {
          raw = result[1];
          callback(...result);
        });
      },
      headersTimeout: limits.timeoutMs,
      webSocket: { maxPayloadSize: limits.maxBytes },
    });
    const opened = new WebSocket(target.url, { dispatcher, headers: target.headers });
    socket = opened;
    // Closing would wait for the peer, which may be gone. Once it is open, the socket is the agent's no more.
    const end = () => {
      raw?.destroy();
      void dispatcher.destroy();
    };
    drop = end;
    const watch = watchSigns(opened, end);
    stopping.signal.addEventListener('abort', end, { once: true });
    try {
      return await session(opened, options, watch.sign);
    } finally {
      stopping.signal.removeEventListener('abort', end);
      watch.stop();
      socket = null;
      end();
    }
  };

  const run = async () => {
    let failures = 0;
    const isStopped = () => stopping.signal.aborted;
    while (!isStopped()) {
      const since = performance.now();
      // Whatever ends an attempt, `onDown` hears of it and the next one follows.
      const code = await attempt().catch(() => null);
      failures = performance.now() - since >= LASTING_MS ? 0 : failures + 1;
      if (isStopped()) return;
      options.onDown(failures, code);
      const most = Math.min(options.longestWaitMs, FIRST_WAIT_MS * 2 ** Math.min(failures, 20));
      await pause(most * Math.random(), stopping.signal);
    }
  };
  const running = run();

  return {
    isUp,
    send: (text) => {
      if (isUp()) socket?.send(text);
    },
    drop: () => {
      drop();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Resolves when the socket has closed, with the code that the other side gave. */
function session(
  socket: WebSocket,
  { onOpen, onMessage }: LiveSocketOptions,
  sign: () => void,
): Promise<number | null> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => {
      onOpen((text) => {
        socket.send(text);
      });
    });
    socket.addEventListener('message', (event) => {
      const data: unknown = event.data;
      sign();
      if (typeof data === 'string') onMessage(data);
    });
    // A `close` follows.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code, wasClean }) => {
      resolve(wasClean ? code : null);
    });
  });
}

/** Pings, and calls `end` once the peer has given no sign for long. */
function watchSigns(socket: WebSocket, end: () => void): { sign: () => void; stop: () => void } {
  let missed = 0;
  const sign = () => {
    missed = 0;
  };
  const onPong = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'websocket' in message) {
      if (message.websocket === socket) sign();
    }
  };
  diagnostics.subscribe('undici:websocket:pong', onPong);
  const timer = setInterval(() => {
    missed += 1;
    if (missed > MISSED_PINGS) end();
    else if (socket.readyState === WebSocket.OPEN) ping(socket);
  }, PING_MS).unref();
  return {
    sign,
    stop: () => {
      clearInterval(timer);
      diagnostics.unsubscribe('undici:websocket:pong', onPong);
    },
  };
}
