/**
 * `npm run kafka:up [-- --port N --data DIR]`: a Kafka that runs on in the background until `npm run kafka:down`.
 * The last line on standard output is the setting to use.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findRunning, remember } from './pid-file.ts';
import { startLocalKafka } from './start-local-kafka.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9092' },
    data: { type: 'string', default: '.data/kafka-local' },
  },
});
const dataDir = path.resolve(values.data);

async function up(): Promise<readonly string[]> {
  const running = await findRunning(dataDir);
  if (running !== undefined) {
    process.stderr.write(`Kafka runs already (pid ${running.pid}).\n`);
    return running.brokers;
  }
  process.stderr.write(`starting Kafka on ${dataDir} …\n`);
  const kafka = await startLocalKafka({ port: Number(values.port), dataDir, detached: true });
  await remember(dataDir, { pid: kafka.pid(), brokers: [...kafka.brokers] });
  return kafka.brokers;
}

process.stdout.write(`KAFKA_BROKERS=${(await up()).join(',')}\n`);
// Don't wait for the broker's process.
process.exit();
