/**
 * Measures text posts a second from a file through ingest into the Postgres log, durable.
 *
 *   npx tsx services/ingest/bench/bench-ingest.ts [posts]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJsonlSource, type IngestSummary } from '../index.ts';
import { openIngest } from '../test/support/open-ingest.ts';

const posts = Number(process.argv[2] ?? 30_000);
const folder = await mkdtemp(join(tmpdir(), 'leakwatch-bench-'));
const file = join(folder, 'posts.jsonl');
const lines = Array.from({ length: posts }, (_, i) =>
  JSON.stringify({
    id: `post-${i}`,
    platform: 'mock',
    author: { id: `creator-${i % 200}`, handle: `creator${i % 200}` },
    text: `Morning run number ${i} done, then coffee with friends at https://cafe.test/${i} #running #${i % 50}km ☕`,
    publishedAt: '2026-11-20T10:00:00Z',
  }),
);
await writeFile(file, lines.join('\n'));

const ingest = await openIngest();
const timed = async (what: string, work: () => Promise<IngestSummary>) => {
  const start = performance.now();
  const { read, published, duplicates } = await work();
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${what}: ${read} read, ${published} published, ${duplicates} duplicates in ${seconds.toFixed(2)} s: ` +
      `${Math.round(read / seconds)} posts/s`,
  );
};
await timed('new posts', () => ingest.app.run(createJsonlSource({ file })));
const source = createJsonlSource({ file });
await timed('the same again', () =>
  ingest.app.run({ ...source, name: 'again', read: (_checkpoint, signal) => source.read(null, signal) }),
);
console.log(`${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MiB resident`);
await ingest.close();
await rm(folder, { recursive: true });
