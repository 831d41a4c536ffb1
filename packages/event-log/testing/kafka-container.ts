import { spawnSync } from 'node:child_process';
import { freePorts } from '@leakwatch/kafka-local';

/** The image of docker-compose.yml. Another registry or a local build may replace it. */
const IMAGE =
  process.env['KAFKA_IMAGE'] ??
  'apache/kafka:4.3.1@sha256:77e3df9054047a88b520d0cc46e16696d3b22022e1d580aeccd2632df6532837';

/** Whether a Docker engine runs and has the image. Tests never pull one. */
export function hasKafkaImage(): boolean {
  return spawnSync('docker', ['image', 'inspect', IMAGE]).status === 0;
}

export interface KafkaContainer {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** Starts one broker in a container, on a port of this machine. */
export async function startKafkaContainer(): Promise<KafkaContainer> {
  // Testcontainers' reaper needs an image that is not here. It would remove containers of killed tests.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  const { GenericContainer, Wait } = await import('testcontainers');
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(IMAGE)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      CLUSTER_ID: 'bGVha3dhdGNoLXRlc3RzLg',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'CLIENT://:9092,INTERNAL://127.0.0.1:9094,CONTROLLER://127.0.0.1:9093',
      KAFKA_ADVERTISED_LISTENERS: `CLIENT://127.0.0.1:${port},INTERNAL://127.0.0.1:9094`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:9093',
      KAFKA_LOG_DIRS: '/tmp/kafka',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '3',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '2000',
      KAFKA_HEAP_OPTS: '-Xms384m -Xmx384m',
    })
    .withWaitStrategy(Wait.forLogMessage('Kafka Server started'))
    .withStartupTimeout(120_000)
    .start();
  return {
    brokers: [`127.0.0.1:${port}`],
    async stop() {
      await container.stop();
    },
  };
}
