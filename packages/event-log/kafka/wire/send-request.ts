import { type Broker } from 'kafkajs';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { ByteReader } from './byte-reader.ts';

/** A broker's answer. */
export interface WireAnswer<T> {
  readonly told: T;
  /** How long the broker reads nothing more from this connection, because the client is over its quota. */
  readonly throttleMs: number;
}

/** A request that we encode ourselves. kafkajs' connection frames, sends and times it. */
export interface WireRequest<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly payload: Buffer;
  readonly decode: (answer: ByteReader) => WireAnswer<T>;
}

interface ConnectionPool {
  send(protocol: {
    request: {
      apiKey: number;
      apiVersion: number;
      apiName: string;
      expectResponse: () => boolean;
      encode: () => Promise<{ buf: Buffer; buffer: Buffer }>;
    };
    response: {
      decode: (payload: Buffer) => Promise<{ clientSideThrottleTime: number }>;
      parse: (decoded: object) => Promise<object>;
    };
  }): Promise<unknown>;
}

/** kafkajs has a connection pool without declaring it. */
function hasConnectionPool(broker: object): broker is { connectionPool: ConnectionPool } {
  const pool: unknown = Reflect.get(broker, 'connectionPool');
  return typeof pool === 'object' && pool !== null && typeof Reflect.get(pool, 'send') === 'function';
}

/**
 * Sends a request over a broker's connection, past the encoder of kafkajs.
 *
 * @throws kafkajs' errors of the connection, and whatever `decode` throws
 */
export async function sendRequest<T>(broker: Broker, request: WireRequest<T>): Promise<T> {
  if (!hasConnectionPool(broker)) throw new TypeError('this version of kafkajs has no connection pool');
  const { apiKey, apiVersion, apiName, payload, decode } = request;
  const answers: T[] = [];
  try {
    await broker.connectionPool.send({
      request: {
        ...{ apiKey, apiVersion, apiName },
        expectResponse: () => true,
        encode: () => Promise.resolve({ buf: payload, buffer: payload }),
      },
      response: {
        decode: (bytes) => {
          const { told, throttleMs } = decode(new ByteReader(bytes));
          answers.push(told);
          // kafkajs holds the next request back for so long. Sent at once, it would time out before the broker reads it.
          return Promise.resolve({ clientSideThrottleTime: throttleMs });
        },
        parse: (decoded) => Promise.resolve(decoded),
      },
    });
  } catch (error) {
    // kafkajs does the same for its own requests: a closed connection must be opened anew.
    if (error instanceof Error && error.name === 'KafkaJSConnectionClosedError') await broker.disconnect();
    throw error;
  }
  const [answer] = answers;
  if (answer === undefined) throw new TypeError('kafkajs accepted an answer without decoding it');
  return answer;
}

/** @throws kafkajs' error for the code, unless it is 0 */
export function assertNoError(code: number): void {
  if (code !== 0) throw createErrorFromCode(code);
}
