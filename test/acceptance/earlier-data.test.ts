/** Databases that earlier versions have written (earlier/README.md), taken over by this one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { listEvidence, listVerdicts, loadKeptBytes } from '@leakwatch/alerting/desk';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import {
  listWatchListVersions,
  loadBlob,
  loadCurrentWatchList,
  migrate,
  secretBytes,
} from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { expect, it, onTestFinished } from 'vitest';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { servePictures } from '../harness/serve-pictures.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** Of the data that were written encrypted. It opens nothing else. */
const MASTER_KEY = Buffer.from('a master key of thirty-two bytes').toString('base64');

const FOLDER = path.join(import.meta.dirname, 'earlier');
const REPOST = path.resolve(import.meta.dirname, '../../fixtures/images/posts/tideline-repost.jpg');

async function openEarlier(file: string): Promise<TestStore> {
  const store = await openTestStore({ migrate: false });
  onTestFinished(() => store.drop());
  const client = await store.pool.connect();
  try {
    await client.query(gunzipSync(readFileSync(path.join(FOLDER, file))).toString('utf8'));
  } finally {
    // The dump has settings of its own.
    client.release(true);
  }
  return store;
}

/** The posts and creators of all incidents. */
async function leaksIn(store: TestStore): Promise<string[]> {
  const alerts = await listAlerts(store.pool, { limit: 100 });
  return alerts
    .flatMap(({ creatorId, state, occurrences }) =>
      occurrences.map(
        ({ detection }) => `${creatorId}: ${detection.post.nativeId}, ${detection.lane}, ${state}`,
      ),
    )
    .sort();
}

const KEPT_LEAKS = ['ana: p1, text, open', 'ana: p5, text, resolved', 'bia: p2, image, open'];

/** Reads all of it as the code of now does, with nothing running that could change it. */
async function readAll(store: TestStore): Promise<void> {
  expect(await leaksIn(store)).toEqual(KEPT_LEAKS);
  expect((await listWatchListVersions(store.pool, 10)).map(({ version }) => version)).toEqual([2, 1]);
  const list = await loadCurrentWatchList(store.pool);
  expect(list?.campaigns[0]?.terms.map(({ text }) => text)).toEqual(['Quillon Ember', 'Project Kingfisher']);
  const picture = await loadBlob(store.pool, list?.campaigns[0]?.assets[0]?.sha256 ?? '');
  expect(picture?.bytes.byteLength).toBeGreaterThan(20_000);

  const alerts = await listAlerts(store.pool, { limit: 10 });
  const judged = alerts.find(({ state }) => state === 'resolved')?.id ?? '';
  expect(await listVerdicts(store.pool, judged)).toMatchObject([
    { verdict: 'confirmed', reason: 'a week early', givenBy: 'kim' },
  ]);
  const ofPicture = alerts.find(({ creatorId }) => creatorId === 'bia')?.id ?? '';
  const evidence = await listEvidence(store.pool, ofPicture, { verify: true });
  expect(evidence).toMatchObject([{ lane: 'image', record: { intact: true }, media: [{ intact: true }] }]);
  const kept = await loadKeptBytes(store.pool, evidence[0]?.media[0]?.sha256 ?? '');
  expect(kept !== null && Buffer.from(kept).equals(readFileSync(REPOST))).toBe(true);

  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: [],
  });
  try {
    const total = (offsets: ReadonlyMap<number, bigint>) =>
      [...offsets.values()].reduce((sum, one) => sum + one, 0n);
    const ids: string[] = [];
    for await (const records of log.replay({ topic: 'posts' })) ids.push(...records.map(({ key }) => key));
    expect(ids).toHaveLength(5);
    for (const group of ['matcher-text', 'matcher-image']) {
      expect(total(await log.committedOffsets(group, 'posts'))).toBe(5n);
    }
  } finally {
    await log.close();
  }
}

it.each([
  ['schema 18', '018.sql.gz', null],
  ['schema 22', '022.sql.gz', null],
  ['schema 38, encrypted', '038-encrypted.sql.gz', MASTER_KEY],
])(
  'data of %s are read whole, and a fresh leak is found in text and in a picture',
  { timeout: 180_000 },
  async (_name, file, key) => {
    const store = await openEarlier(file);
    await migrate(store.pool);
    await store.useKeys(key === null ? null : { bytes: Buffer.from(key, 'base64'), source: 'the test' });
    await readAll(store);

    const host = await servePictures();
    onTestFinished(() => host.close());
    const up = startLeakwatch(
      ['up', '--data-dir', await temporaryFolder(), '--ops-port', '0', '--webhook-port', '0'],
      {
        env: {
          DATABASE_URL: store.connectionString,
          LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
          LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1',
          ...(key === null ? {} : { LEAKWATCH_MASTER_KEY: key }),
        },
      },
    );
    const [, webhook = ''] = await up.untilSaid(/webhook +(http:\/\/\S+)\/v1\/posts/);
    const author = { id: 'cem1', handle: 'cem' };
    const answer = await deliverPosts(webhook, 'msg_1', [
      { id: 'fresh-text', author, text: 'look: #ProjectKingfisher' },
      {
        id: 'fresh-picture',
        author,
        text: 'hm',
        media: [{ url: host.show('leak.jpg', readFileSync(REPOST)) }],
      },
    ]);
    expect(answer.status).toBe(202);
    await eventually(async () => ((await leaksIn(store)).length < KEPT_LEAKS.length + 2 ? undefined : true));
    expect(await leaksIn(store)).toEqual([
      ...KEPT_LEAKS,
      'cem: fresh-picture, image, open',
      'cem: fresh-text, text, open',
    ]);
    up.kill('SIGTERM');
    expect(await up.ended).toBe(0);
  },
);
