import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type LogAddress } from './service-messages.ts';

/** Tells whether Debian's kcat is installed: an independent Kafka client on librdkafka. */
export function hasKcat(): boolean {
  return spawnSync('kcat', ['-V']).status === 0;
}

/**
 * Runs kcat on a topic and gives its output.
 * @throws Error with kcat's message when it fails
 */
export async function kcat(
  address: LogAddress,
  args: readonly string[],
  topic: string,
  options: { input?: string | Uint8Array } = {},
): Promise<string> {
  if (address.kind !== 'kafka') throw new TypeError('kcat speaks to Kafka');
  const child = spawn('kcat', ['-b', address.brokers.join(','), '-t', address.namespace + topic, ...args]);
  child.stdin.end(options.input);
  const [output, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0)
    throw new Error(`kcat ended with ${child.exitCode ?? child.signalCode ?? 'nothing'}: ${said}`);
  return output;
}
