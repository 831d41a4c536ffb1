import { startService, stopServices, type ServiceProcess } from '../harness/service-processes.ts';
import { type Testbed } from './testbed.ts';
import { createTimedRuns, type TimedRuns } from './timed-runs.ts';

/** All services in separate processes on one testbed; ingest reads posts from its standard input. */
export interface PipelineUnderTest extends TimedRuns {
  readonly services: ReadonlyMap<string, ServiceProcess>;
  /** Adds a process; resolves when it is up. */
  start(name: string, command: readonly string[]): Promise<void>;
}

/** @param nodeArgs - Node options for each process, such as `--cpu-prof` */
export async function startPipeline(
  testbed: Testbed,
  nodeArgs: readonly string[] = [],
): Promise<PipelineUnderTest> {
  const services = new Map<string, ServiceProcess>();
  const start = async (name: string, command: readonly string[]) => {
    const started = await startService(command, {
      env: { ...testbed.env, LEAKWATCH_CANARY: 'off' },
      nodeArgs,
      input: { open: true },
      built: true,
    });
    services.set(name, started);
    return started;
  };
  await start('alerting', ['alerting']);
  await start('matcher text', ['matcher', '--lane', 'text']);
  await start('matcher image', ['matcher', '--lane', 'image']);
  const source = ['--source', 'jsonl', '--posts', '-', '--media', testbed.media];
  const ingest = await start('ingest', ['ingest', ...source]);
  const runs = await createTimedRuns(testbed, ingest.stdin);
  return {
    ...runs,
    services,
    start: async (name, command) => {
      await start(name, command);
    },
    close: async () => {
      await runs.close();
      const codes = await stopServices([...services.values()]);
      if (codes.some((code) => code !== 0)) throw new Error(`services ended with ${codes.join(', ')}`);
    },
  };
}
