import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchJars } from './fetch-jars.ts';

const run = promisify(execFile);

/** Changes settings of a running cluster with Kafka's own tool: quotas, and what else kafka-configs.sh can. */
export async function alterConfig(brokers: readonly string[], args: readonly string[]): Promise<void> {
  const jars = path.join(await fetchJars(), '*');
  const command = ['-XX:TieredStopAtLevel=1', '-cp', jars, 'kafka.admin.ConfigCommand'];
  await run('java', [...command, '--bootstrap-server', brokers.join(','), '--alter', ...args]);
}
