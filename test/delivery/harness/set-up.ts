/** Starts one Kafka and bundles the services once for the whole delivery suite. Namespaces keep the tests' topics and groups apart. */
import { findKafka, openTestKafka } from '@leakwatch/event-log/testing';
import { type TestProject } from 'vitest/node';
import { bundleServices } from './bundle-services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Brokers of the suite's Kafka; empty where Kafka can't run. */
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
