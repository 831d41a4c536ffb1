/** A second listener with TLS and SASL, for clients that must authenticate. */
export interface SecureListener {
  readonly port: number;
  /** A PKCS12 file with the broker's key and certificate. */
  readonly keystore: { readonly file: string; readonly password: string };
  /** Users of SASL/PLAIN and of SASL/SCRAM-SHA-512: name → password. */
  readonly users: Readonly<Record<string, string>>;
}

interface ClusterPlace {
  readonly nodeId: number;
  /** All controllers: `1@127.0.0.1:9093`. */
  readonly voters: readonly string[];
}

export interface ServerSettings {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  /** host:port that the broker advertises to clients. */
  readonly advertised: string;
  readonly secure?: SecureListener;
  /** The broker's place in a cluster of several; without it, it is alone. */
  readonly place?: ClusterPlace;
  readonly properties: Readonly<Record<string, string>>;
}

/** Writes server.properties of a broker that is a controller, too: alone, or one of several. */
export function serverProperties(settings: ServerSettings): string {
  const { port, controllerPort, advertised, secure, place } = settings;
  const listeners = [`CLIENT://127.0.0.1:${port}`, `CONTROLLER://127.0.0.1:${controllerPort}`];
  const advertisedListeners = [`CLIENT://${advertised}`];
  const protocols = ['CLIENT:PLAINTEXT', 'CONTROLLER:PLAINTEXT'];
  if (secure !== undefined) {
    listeners.push(`SECURE://127.0.0.1:${secure.port}`);
    advertisedListeners.push(`SECURE://127.0.0.1:${secure.port}`);
    protocols.push('SECURE:SASL_SSL');
  }
  const properties: Record<string, string> = {
    'process.roles': 'broker,controller',
    ...(place === undefined ? aloneProperties(controllerPort) : placedProperties(place)),
    listeners: listeners.join(','),
    'advertised.listeners': advertisedListeners.join(','),
    'listener.security.protocol.map': protocols.join(','),
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': settings.dataDir,
    'offsets.topic.num.partitions': '3',
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '2000',
    'auto.create.topics.enable': 'false',
    ...(secure === undefined ? {} : secureProperties(secure)),
    ...settings.properties,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function aloneProperties(controllerPort: number): Record<string, string> {
  return {
    'node.id': '1',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    ...replicated(1, 1),
  };
}

/** One broker may be away, and everything acknowledged is on two. */
function placedProperties({ nodeId, voters }: ClusterPlace): Record<string, string> {
  const replicas = Math.min(3, voters.length);
  return {
    'node.id': String(nodeId),
    'controller.quorum.voters': voters.join(','),
    ...replicated(replicas, Math.max(1, replicas - 1)),
  };
}

/** Replicas of Kafka's own topics. */
function replicated(replicas: number, inSync: number): Record<string, string> {
  return {
    'offsets.topic.replication.factor': String(replicas),
    'transaction.state.log.replication.factor': String(replicas),
    'transaction.state.log.min.isr': String(inSync),
    'share.coordinator.state.topic.replication.factor': String(replicas),
    'share.coordinator.state.topic.min.isr': String(inSync),
  };
}

function secureProperties({ keystore, users }: SecureListener): Record<string, string> {
  const accounts = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  return {
    'listener.name.secure.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'listener.name.secure.scram-sha-512.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'listener.name.secure.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${accounts.join(' ')};`,
    'listener.name.secure.ssl.keystore.type': 'PKCS12',
    'listener.name.secure.ssl.keystore.location': keystore.file,
    'listener.name.secure.ssl.keystore.password': keystore.password,
  };
}
