/**
 * Ingests a file of posts, or polls the watch list's accounts for the file `polls`, and is killed, as by `kill -9`, when a batch is
 * in the log but not yet recorded, or received and not yet in the log. Arguments: the database's address, the file, the number of
 * that batch, `published` or `received`.
 */
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { openStore } from '@leakwatch/store';
import { createIngest, createJsonlSource, loadIngestConfig } from '../../index.ts';
import { openLog } from './open-ingest.ts';

const [databaseUrl = '', file = '', batches = '1', point = 'published'] = process.argv.slice(2);

const store = await openStore({ databaseUrl, dataDir: '', applicationName: 'leakwatch test' });
const log = await openLog(store);
let published = 0;
const dieAt = (wanted: string) => {
  if (point === wanted && published === Number(batches)) process.kill(process.pid, 'SIGKILL');
};
const app = createIngest({
  store,
  log: {
    ...log,
    publish: async (records) => {
      published += 1;
      dieAt('received');
      await log.publish(records);
      dieAt('published');
    },
  },
  metrics: createMetrics({ processMetrics: false }),
  logger: silentLogger(),
  config: loadIngestConfig({ LEAKWATCH_INGEST_BATCH_POSTS: '10', LEAKWATCH_POLL_ALLOW_PRIVATE: '1' }),
  clock: () => new Date(),
});
await app.start();
if (file === 'polls') await app.runPolls();
else await app.run(createJsonlSource({ file }));
