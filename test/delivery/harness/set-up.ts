/** Once for all files of the delivery suite: a Kafka, whose topics and groups are kept apart by namespaces, and the services. */
import { findKafka, openTestKafka } from '@leakwatch/event-log/testing';
import { type TestProject } from 'vitest/node';
import { bundleServices } from './bundle-services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Brokers of the suite's Kafka; none where no Kafka can be had. */
    kafkaBrokers: string[];
    /** The program that start-services.ts starts. */
    serviceProgram: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('serviceProgram', await bundleServices());
  const kafka = findKafka() === 'none' ? null : await openTestKafka();
  project.provide('kafkaBrokers', [...(kafka?.brokers ?? [])]);
  return async () => kafka?.close();
}
