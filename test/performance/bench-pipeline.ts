/**
 * Measures the whole way of a post: ingest, matchers and alerting as separate processes on a real Kafka and a real Postgres,
 * beside the same broker with the same bytes and no other work; then the embedded default.
 *
 *   npm run bench:pipeline [-- --posts 200000 --seconds 20 --pictures 150 --creators 1000 --leak-share 0.001]
 */
import { parseArgs } from 'node:util';
import { measureEmbedded } from './measure-embedded.ts';
import { measureOnKafka } from './measure-on-kafka.ts';
import { describeMeasurements } from './describe-measurements.ts';

const { values } = parseArgs({
  options: {
    /** Posts of each run at full speed: enough for the last half second, the wait for the last review batch, to weigh little. */
    posts: { type: 'string', default: '200000' },
    /** Length of each run at a steady rate. */
    seconds: { type: 'string', default: '20' },
    pictures: { type: 'string', default: '150' },
    creators: { type: 'string', default: '1000' },
    /** Many times a brand's real share. Half as many more mention a campaign whose embargo has lifted. */
    'leak-share': { type: 'string', default: '0.001' },
  },
});
const size = {
  posts: Number(values.posts),
  seconds: Number(values.seconds),
  pictures: Number(values.pictures),
  creators: Number(values.creators),
  leakShare: Number(values['leak-share']),
};
const note = (line: string) => process.stderr.write(`${line}\n`);

const kafka = await measureOnKafka(size, note);
const embedded = await measureEmbedded(size, note);
for (const line of describeMeasurements(kafka, embedded)) console.log(line);
