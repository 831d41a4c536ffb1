import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventLogError } from '@leakwatch/event-log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJsonlSource } from '../index.ts';
import { counterValue, openIngest, type IngestUnderTest } from './support/open-ingest.ts';
import { itemsOf, sourceOf } from './support/memory-source.ts';

const CRASHER = fileURLToPath(new URL('./support/crash-after-publish.ts', import.meta.url));

let folder: string;
let ingest: IngestUnderTest;
let failures = 0;
let refuses = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakwatch-ingest-'));
  ingest = await openIngest({ LEAKWATCH_INGEST_BATCH_POSTS: '10' }, (log) => ({
    ...log,
    publish: (records) => {
      if (refuses) return Promise.reject(new EventLogError('log-refused', 'no permission'));
      if (failures === 0) return log.publish(records);
      failures -= 1;
      return Promise.reject(new EventLogError('log-unavailable', 'the broker is away'));
    },
  }));
});
afterAll(async () => {
  await ingest.close();
  await rm(folder, { recursive: true });
});

const idsOf = async (prefix: string) =>
  (await ingest.posts()).map((post) => post.nativeId).filter((id) => id.startsWith(prefix));

describe('ingest that dies', () => {
  it('between publishing and recording repeats that batch under the same ids, and loses nothing', async () => {
    const file = join(folder, 'crash.jsonl');
    const lines = Array.from({ length: 45 }, (_, i) => JSON.stringify({ id: `crash-${i}`, text: 'x' }));
    await writeFile(file, `${lines.join('\n')}\n`);

    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      CRASHER,
      ingest.store.connectionString,
      file,
      '3',
    ]);
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await idsOf('crash-')).toHaveLength(30);

    const summary = await ingest.app.run(createJsonlSource({ file }));
    expect(summary).toMatchObject({ read: 25, published: 25, ended: true });
    const all = (await ingest.posts()).filter((post) => post.nativeId.startsWith('crash-'));
    expect(all).toHaveLength(55);
    expect(new Set(all.map((post) => post.id)).size).toBe(45);
  });
});

describe('ingest whose log is away', () => {
  it('tries again until it is back', async () => {
    failures = 2;
    const posts = Array.from({ length: 15 }, (_, i) => ({ id: `away-${i}`, text: 'x' }));
    const summary = await ingest.app.run(sourceOf(posts, { name: 'away' }));
    expect(summary).toMatchObject({ read: 15, published: 15, duplicates: 0, ended: true });
    expect((await idsOf('away-')).length).toBe(15);
    const labels = { stage: 'ingest', reason: 'log-unavailable' };
    expect(await counterValue(ingest.metrics, 'leakwatch_stage_failures_total', labels)).toBe(2);
  });

  it('gives up when it is stopped, and takes up the same posts later', async () => {
    failures = Infinity;
    const posts = Array.from({ length: 15 }, (_, i) => ({ id: `given-up-${i}`, text: 'x' }));
    const source = sourceOf(posts, { name: 'given-up' });
    const stop = new AbortController();
    const running = ingest.app.run(source, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(running).rejects.toThrow('the broker is away');
    failures = 0;
    expect(await ingest.app.run(source)).toMatchObject({ read: 15, published: 15, ended: true });
  });

  it('gives up at once where time mends nothing, even while the source waits for more', async () => {
    refuses = true;
    const source = sourceOf([], {
      name: 'refused',
      async *read(_checkpoint, signal) {
        yield* itemsOf([{ id: 'refused', text: 'x' }]);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    await expect(ingest.app.run(source)).rejects.toThrow('no permission');
    refuses = false;
  });
});

describe('ingest that is stopped', () => {
  it('ends a run after what it has pulled is durable', async () => {
    const app = ingest.another();
    await app.start();
    const source = sourceOf([], {
      name: 'endless',
      async *read(_checkpoint, signal) {
        yield* itemsOf([{ id: 'endless', text: 'x' }]);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    const running = app.run(source);
    await expect.poll(() => idsOf('endless')).toEqual(['endless']);
    await app.stop();
    expect(await running).toMatchObject({ published: 1, ended: false });
    await expect(app.run(source)).rejects.toThrow('ingest is stopping');
  });
});
