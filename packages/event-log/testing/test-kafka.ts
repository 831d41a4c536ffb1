import { hasJavaAndMaven, startLocalKafka } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';

/** Where a Kafka for tests comes from, in the order in which it is looked for. */
export type FoundKafka = 'given' | 'local' | 'none';

/** A Kafka given by KAFKA_BROKERS, or else a broker of our own where Java and Maven are; looked up once a process. */
export function findKafka(): FoundKafka {
  return (found ??= givenBrokers() !== undefined ? 'given' : hasJavaAndMaven() ? 'local' : 'none');
}
let found: FoundKafka | undefined;

function givenBrokers(): string[] | undefined {
  return process.env['KAFKA_BROKERS']?.split(',');
}

/** `it` for a test that needs a Kafka: skipped under a name that says so where none can be had. */
export const itNeedsKafka = itNeeds('KAFKA_BROKERS, or Java and Maven', findKafka() !== 'none');

/** `it` for a test that kills its broker: that must be one of its own. */
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
  const kafka = await startLocalKafka();
  return { brokers: kafka.brokers, close: () => kafka.stop() };
}
