/**
 * `npm run kafka:up [-- --port N --data DIR --brokers N]`: a Kafka that runs on in the background until `npm run kafka:down`.
 * The last line on standard output is the setting to use.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findRunning, remember } from './pid-file.ts';
import { startLocalCluster } from './start-local-cluster.ts';
import { startLocalKafka } from './start-local-kafka.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9092' },
    data: { type: 'string', default: '.data/kafka-local' },
    brokers: { type: 'string', default: '1' },
  },
});
const dataDir = path.resolve(values.data);
if (!/^[1-9]$/.test(values.brokers)) {
  process.stderr.write('--brokers must be from 1 to 9\n');
  process.exit(2);
}

async function up(): Promise<readonly string[]> {
  const running = await findRunning(dataDir);
  if (running !== undefined) {
    process.stderr.write(`Kafka runs already (pid ${running.pids.join(', ')}).\n`);
    return running.brokers;
  }
  process.stderr.write(`starting Kafka on ${dataDir} …\n`);
  const settings = { port: Number(values.port), dataDir, detached: true };
  const brokers = Number(values.brokers);
  if (brokers === 1) {
    const kafka = await startLocalKafka(settings);
    await remember(dataDir, { pids: [kafka.pid()], brokers: [...kafka.brokers] });
    return kafka.brokers;
  }
  const cluster = await startLocalCluster({ ...settings, brokers });
  await remember(dataDir, { pids: cluster.pids(), brokers: [...cluster.brokers] });
  return cluster.brokers;
}

process.stdout.write(`KAFKA_BROKERS=${(await up()).join(',')}\n`);
// Don't wait for the broker's process.
process.exit();
