import { hasJavaAndMaven, startLocalKafka } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { hasKafkaImage, startKafkaContainer } from './kafka-container.ts';

/** Where a Kafka for tests comes from, in the order in which it is looked for. */
export type FoundKafka = 'given' | 'container' | 'local' | 'none';

/**
 * The Kafka of KAFKA_BROKERS; or else a container, where a Docker engine and the image are here; or else a broker from Maven's
 * jars, where Java and Maven are. Looked up once a process.
 */
export function findKafka(): FoundKafka {
  return (found ??= look());
}
let found: FoundKafka | undefined;

function look(): FoundKafka {
  if (givenBrokers() !== undefined) return 'given';
  if (hasKafkaImage()) return 'container';
  return hasJavaAndMaven() ? 'local' : 'none';
}

function givenBrokers(): string[] | undefined {
  return process.env['KAFKA_BROKERS']?.split(',');
}

/** `it` for a test that needs a Kafka: skipped under a name that says so where none can be had. */
export const itNeedsKafka = itNeeds(
  'KAFKA_BROKERS, or Docker with the Kafka image, or Java and Maven',
  findKafka() !== 'none',
);

/** `it` for a test that does something to its broker: that must be one of its own. */
export const itNeedsLocalKafka = itNeeds('Java and Maven', hasJavaAndMaven());

export interface TestKafka {
  readonly brokers: readonly string[];
  /** Stops it if it was started for the test. */
  close(): Promise<void>;
}

/** A Kafka for a test file. It may be shared with others: topics and groups need names of their own. */
export async function openTestKafka(): Promise<TestKafka> {
  const brokers = givenBrokers();
  if (brokers !== undefined) return { brokers, close: () => Promise.resolve() };
  const kafka = findKafka() === 'container' ? await startKafkaContainer() : await startLocalKafka();
  return { brokers: kafka.brokers, close: () => kafka.stop() };
}
