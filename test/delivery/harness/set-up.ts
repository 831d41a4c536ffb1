/** Starts one Kafka and bundles the services once for the whole delivery suite. Namespaces keep the tests' topics and groups apart. */
import { findKafka, openTestKafka } from '@leakwatch/event-log/testing';
import { type TestProject } from 'vitest/node';
import { hasJavaAndMaven } from '@leakwatch/kafka-local';
import { bundleServices } from './bundle-services.ts';
import { type ClusterAccess, startSecuredCluster } from './start-secured-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Brokers of the suite's Kafka; empty where Kafka can't run. */
    kafkaBrokers: string[];
    /** A cluster of three as production has it, in the soak; null otherwise. */
    securedCluster: ClusterAccess | null;
    /** The program that start-services.ts starts. */
    serviceProgram: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('serviceProgram', await bundleServices());
  const kafka = findKafka() === 'none' ? null : await openTestKafka();
  project.provide('kafkaBrokers', [...(kafka?.brokers ?? [])]);
  const isSoak = process.env['SOAK'] === '1' && hasJavaAndMaven();
  const secured = isSoak ? await startSecuredCluster() : null;
  project.provide('securedCluster', secured?.access() ?? null);
  return async () => {
    await Promise.all([kafka?.close(), secured?.stop()]);
  };
}
