import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify';

export interface ServerBounds {
  /** Bytes of one body. */
  readonly bodyBytes: number;
  /** The time to send a whole request: a slower sender only holds a connection. */
  readonly requestMs: number;
  /** Open connections, of all addresses. */
  readonly connections: number;
  /** Open connections of one address. A proxy in front is one address. */
  readonly connectionsPerAddress: number;
}

/** For servers that read small bodies. */
export const SMALL_BOUNDS: ServerBounds = {
  bodyBytes: 64 * 1024,
  requestMs: 30_000,
  connections: 512,
  connectionsPerAddress: 128,
};

const HEADERS_MS = 10_000;
/** How often the times above are checked. */
const CHECK_MS = 2_000;
const IDLE_MS = 10_000;

/** How a server answers what reaches no route; absent: as Fastify does. */
export type Unrouted = Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler' | 'routerOptions'>;

/**
 * An HTTP server that a stranger can reach: connections are bounded in number, headers and bodies in time and bytes.
 * A connection above the bounds is reset, without an answer.
 */
export function createBoundedServer(bounds: ServerBounds, unrouted: Unrouted = {}): FastifyInstance {
  const server = fastify({
    ...unrouted,
    logger: false,
    bodyLimit: bounds.bodyBytes,
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: IDLE_MS,
    http: { headersTimeout: Math.min(HEADERS_MS, bounds.requestMs), connectionsCheckingInterval: CHECK_MS },
  });
  server.server.maxConnections = bounds.connections;
  const open = new Map<string, number>();
  server.server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > bounds.connectionsPerAddress) {
      socket.resetAndDestroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
  return server;
}
