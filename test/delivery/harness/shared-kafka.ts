/** One Kafka for all files of the delivery suite; topics and groups are kept apart by namespaces. */
import { findKafka, openTestKafka } from '@leakwatch/event-log/testing';
import { type TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Its brokers; none where no Kafka can be had. */
    kafkaBrokers: string[];
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (findKafka() === 'none') {
    project.provide('kafkaBrokers', []);
    return () => Promise.resolve();
  }
  const kafka = await openTestKafka();
  project.provide('kafkaBrokers', [...kafka.brokers]);
  return () => kafka.close();
}
