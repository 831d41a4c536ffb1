/** `npm run kafka:down [-- --data DIR]`: stops what `kafka:up` started; its data stay. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findRunning, stopRunning } from './pid-file.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: '.data/kafka-local' } } });
const dataDir = path.resolve(values.data);

const running = await findRunning(dataDir);
if (running === undefined) {
  process.stderr.write(`no Kafka runs on ${dataDir}\n`);
} else {
  await stopRunning(dataDir, running);
  process.stderr.write('Kafka has stopped\n');
}
