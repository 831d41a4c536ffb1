import { hasJavaAndMaven, startLocalKafka } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { hasKafkaImage, startKafkaContainer } from './kafka-container.ts';

/** The sources of a Kafka for tests, in the order of search. */
export type FoundKafka = 'given' | 'container' | 'local' | 'none';

/**
 * Finds a Kafka for tests: the one of KAFKA_BROKERS, or a container where Docker has the image, or a broker from
 * Maven's jars. The search runs once a process.
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

/** `it` for tests that need a Kafka. They are skipped, with the reason in their name, where there is none. */
export const itNeedsKafka = itNeeds(
  'KAFKA_BROKERS, or Docker with the Kafka image, or Java and Maven',
  findKafka() !== 'none',
);

/** `it` for tests that disturb their broker. They need one of their own. */
export const itNeedsLocalKafka = itNeeds('Java and Maven', hasJavaAndMaven());

export interface TestKafka {
  readonly brokers: readonly string[];
  /** Stops the Kafka if it was started for the test. */
  close(): Promise<void>;
}

/** Opens a Kafka for a test file. Other tests may share it: give topics and groups unique names. */
export async function openTestKafka(): Promise<TestKafka> {
  const brokers = givenBrokers();
  if (brokers !== undefined) return { brokers, close: () => Promise.resolve() };
  const kafka = findKafka() === 'container' ? await startKafkaContainer() : await startLocalKafka();
  return { brokers: kafka.brokers, close: () => kafka.stop() };
}
