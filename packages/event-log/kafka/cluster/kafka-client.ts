import net from 'node:net';
import tls from 'node:tls';
import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';

export interface KafkaTls {
  /** PEM: the certificate authorities to trust; by default those of the system. */
  readonly ca?: string;
  /** PEM: this client's certificate and key, for brokers that ask for one. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that the brokers' certificates must bear; by default the host name. */
  readonly servername?: string;
  /** False accepts any certificate: for tests only. */
  readonly rejectUnauthorized?: boolean;
}

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** How to reach a Kafka. */
export interface KafkaConnectionOptions {
  /** host:port of some of its brokers. They name the others. */
  readonly brokers: readonly string[];
  /** The name of this client in the brokers' logs and quotas. */
  readonly clientId: string;
  /** Connects by TLS. An empty object is enough where the system trusts the brokers' certificates. */
  readonly tls?: KafkaTls;
  readonly sasl?: KafkaSasl;
  /** How long connecting may take. */
  readonly connectMs?: number;
  /** How long a broker may take to answer. */
  readonly answerMs?: number;
}

/** Few and quick retries: the caller tries again itself, and reports it. */
const RETRY = { retries: 2, initialRetryTime: 100, maxRetryTime: 500 };

const KEEP_ALIVE_MS = 60_000;

/**
 * Creates a kafkajs client. It connects to nothing yet, and writes no log.
 *
 * @param sockets - gets every connection that the client makes. kafkajs loses track of one that is being made
 *   while it disconnects.
 */
export function createKafkaClient(options: KafkaConnectionOptions, sockets = new Set<net.Socket>()): Kafka {
  const config: KafkaConfig = {
    brokers: [...options.brokers],
    clientId: options.clientId,
    connectionTimeout: options.connectMs ?? 5000,
    authenticationTimeout: options.connectMs ?? 5000,
    requestTimeout: options.answerMs ?? 15_000,
    retry: RETRY,
    logLevel: logLevel.NOTHING,
    socketFactory({ host, port, ssl, onConnect }) {
      const socket =
        options.tls === undefined
          ? net.connect({ host, port }, onConnect)
          : tls.connect(
              { host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...ssl },
              onConnect,
            );
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    ...(options.tls === undefined ? {} : { ssl: { ...options.tls } }),
    ...(options.sasl === undefined ? {} : { sasl: saslOptions(options.sasl) }),
  };
  return new Kafka(config);
}

function saslOptions({ mechanism, username, password }: KafkaSasl): SASLOptions {
  // kafkajs types this as a union over the mechanisms, so each gets its own return.
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}
