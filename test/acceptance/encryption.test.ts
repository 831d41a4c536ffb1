/** Looks for terms and captions in the files of an encrypted database, as a thief of the disk or of a dump would. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { erase } from '@leakwatch/alerting/desk';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { TOPICS } from '@leakwatch/contracts';
import {
  openStore,
  parseRows,
  rewriteWithNewest,
  saveBlob,
  secretBytes,
  type MasterKey,
} from '@leakwatch/store';
import { type TestStore } from '@leakwatch/store/testing';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { listQueueIds } from '../../services/console/api/incidents/queries/list-queue.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';
import { waitFor } from '../harness/wait-for.ts';

const TERM = 'Quillon Ember';
const CAPTION = 'my honest unboxing of the Quillon Ember, zanzibarvelvet included';
const WATCH_LIST = {
  campaigns: [
    {
      ...{ id: 'aurora', name: 'Aurora', sensitivity: 'high' as const, approvedPosts: [], assets: [] },
      terms: [{ id: 'name', text: TERM }],
    },
  ],
  creators: [
    {
      id: 'ana',
      accounts: [{ platform: 'mastodon', instance: 'local', nativeId: 'ana', handle: 'ana' }],
      risk: {
        partnerships: 0,
        confirmedLeaks: 0,
        concurrentPartnerships: 0,
        trusted: false,
        underInvestigation: false,
        followers: 0,
      },
    },
  ],
};
/** A thief would look for these: the term, a word of the caption, and the term as the engine folds it. */
const WORDS = [TERM, 'zanzibarvelvet', 'quillonember'];

let dataDir: string;
let pipeline: WholePipeline | undefined;

afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function openOwn(master: MasterKey | null): Promise<TestStore> {
  const store = await openStore({ dataDir, readMasterKey: () => Promise.resolve(master) });
  return Object.assign(store, { drop: () => store.close() });
}

async function raiseAlert(master: MasterKey | null): Promise<WholePipeline> {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-encryption-'));
  const opened = await openWholePipeline({
    openDatabase: () => openOwn(master),
    env: { LEAKWATCH_SAMPLING_SHARE: '1' },
    watchList: WATCH_LIST,
  });
  await saveBlob(opened.store.pool, {
    bytes: Buffer.from(`a picture of ${TERM}`),
    mime: 'image/png',
    lasting: true,
  });
  await opened.post({ id: 'p1', author: 'ana', text: CAPTION });
  await waitFor(
    'the alert and the sample',
    async () => (await list(opened)).length === 1 && (await count(opened, 'review_sample')) === 1,
  );
  return opened;
}

const list = ({ store }: WholePipeline) => listAlerts(store.pool, { limit: 10 });

async function count({ store }: WholePipeline, table: string): Promise<number> {
  return (await store.pool.query(`SELECT FROM ${table}`)).rows.length;
}

/** The words that are in a file of the data folder or in a dump, with the place of each. */
async function findWords({ store }: WholePipeline): Promise<string[]> {
  await store.pool.query('CHECKPOINT');
  const found: string[] = [];
  for (const name of await readdir(dataDir, { recursive: true })) {
    const file = path.join(dataDir, name);
    if (!(await stat(file)).isFile()) continue;
    const bytes = await readFile(file);
    found.push(...WORDS.filter((word) => bytes.includes(word)).map((word) => `${kindOf(name)}: ${word}`));
  }
  for (const [table, text] of await dump(store.connectionString)) {
    found.push(...WORDS.filter((word) => text.includes(word)).map((word) => `dump of ${table}: ${word}`));
  }
  return [...new Set(found)];
}

const kindOf = (name: string) =>
  name.includes('pg_wal') ? 'pg_wal' : name.includes('/base/') ? 'base' : name;

/** All tables, past the store; bytes as text where they are. */
async function dump(databaseUrl: string): Promise<[string, string][]> {
  const blind = await openStore({ databaseUrl, dataDir: '', readsNothing: true });
  try {
    return await blind.transaction(async (tx) => {
      await tx.query("SELECT set_config('bytea_output', 'escape', true)");
      const tables = await tx.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
      const texts: [string, string][] = [];
      for (const { name } of parseRows(tables, z.object({ name: z.string() }))) {
        const answer = await tx.query(`SELECT t::text AS text FROM ${name} t`);
        const rows = parseRows(answer, z.object({ text: z.string() }));
        texts.push([name, rows.map(({ text }) => text).join('\n')]);
      }
      return texts;
    });
  } finally {
    await blind.close();
  }
}

it('the files, the write-ahead log and a dump hold no term and no caption; people and erasures find them all the same', async () => {
  pipeline = await raiseAlert({ bytes: randomBytes(32), source: 'a test' });
  const { store } = pipeline;
  expect(await findWords(pipeline)).toEqual([]);

  const [alert] = await list(pipeline);
  expect(alert?.occurrences[0]?.detection.excerpt).toContain('zanzibarvelvet');
  const search = (q: string) =>
    listQueueIds(store.pool, {
      ...{ filter: { q }, order: 'newest', cursor: null, limit: 10, at: new Date(), me: 'ines' },
    });
  expect((await search('ZanzibarVelvet UNBOXING')).ids).toEqual([alert?.id]);
  expect((await search('zanzibarvelvet missing')).ids).toEqual([]);

  const database = {
    query: (text: string, values?: unknown[]) => store.pool.query(text, values),
    secret: secretBytes,
    listen: (channel: string, onNotify: (payload: string) => void) => store.listen(channel, onNotify),
  };
  const place = { platform: 'mastodon', instance: 'local', nativeId: 'p1' };
  const erased = await erase(store, database, {
    wish: { kind: 'post', place, link: null },
    by: 'ines',
    reason: 'they asked',
  });
  expect(Object.fromEntries(erased.counts)).toMatchObject({
    alerts: 1,
    'findings in alerts': 1,
    'posts drawn for review': 1,
    'records of posts': 1,
    'records of fingerprints': 1,
    'records of detections': 1,
  });
  for (const topic of TOPICS) {
    const { rows } = await store.pool.query('SELECT value FROM log_record WHERE topic = $1', [topic]);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('zanzibarvelvet').toString('base64'));
  }
});

it('content from before is sealed by the job, row for row', async () => {
  const plain = await raiseAlert(null);
  pipeline = plain;
  const found = await findWords(plain);
  expect(found).toEqual(
    expect.arrayContaining(['dump of watch_list_version: Quillon Ember', 'pg_wal: Quillon Ember']),
  );
  expect(
    found.filter((place) => place.includes('zanzibarvelvet')).map((place) => place.split(':')[0]),
  ).toEqual(
    expect.arrayContaining(
      ['alert_occurrence', 'alert_outbox', 'kept_bytes', 'log_record', 'review_sample'].map(
        (table) => `dump of ${table}`,
      ),
    ),
  );
  await plain.lifecycle.stop(30_000);

  const master = { bytes: randomBytes(32), source: 'a test' };
  await plain.store.useKeys(master);
  expect((await rewriteWithNewest(plain.store)).left).toBe(0);
  expect(
    (await dump(plain.store.connectionString)).filter(([, text]) =>
      WORDS.some((word) => text.includes(word)),
    ),
  ).toEqual([]);
  const [alert] = await list(plain);
  expect(alert?.occurrences[0]?.detection.excerpt).toContain('zanzibarvelvet');
});
