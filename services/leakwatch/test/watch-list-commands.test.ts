import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportWatchList } from '../commands/watch-list-export.ts';
import { listCampaigns, showCampaign } from '../commands/watch-list-show.ts';
import { rollBack, showDiff, showHistory } from '../commands/watch-list-versions.ts';
import { importWatchListFile } from '../commands/watchlist.ts';
import { RolledBackSchema } from '../outcomes.ts';
import { capture } from './support/capture.ts';

const PICTURE = path.resolve(import.meta.dirname, '../../../fixtures/images/assets/dandelion-key-visual.jpg');
const FIRST = `campaigns:
  - id: autumn-drop
    name: Autumn drop
    embargo: { liftsAt: 2026-12-01T09:00:00Z }
    terms: [{ id: product, text: Quillon Ember, kind: product }]
    assets: [{ id: hero, file: ${PICTURE} }]
creators:
  - { id: ana, accounts: [{ platform: mastodon, instance: social.example, handle: ana }] }
`;
const SECOND = FIRST.replace('Quillon Ember', 'Quillon Amber').replace(
  'creators:\n',
  'creators:\n  - { id: ben, risk: { followers: 12 } }\n',
);
const HERE = { dataDir: 'unused' };
const PERSON = { ...HERE, by: 'ana' };

let store: TestStore;
let folder: string;
const databaseBefore = process.env['DATABASE_URL'];
beforeAll(async () => {
  store = await openTestStore();
  process.env['DATABASE_URL'] = store.connectionString;
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-lists-'));
  for (const [name, text] of [
    ['first.yaml', FIRST],
    ['second.yaml', SECOND],
  ] as const) {
    await writeFile(path.join(folder, name), text);
    await importWatchListFile(path.join(folder, name), PERSON, capture().screen);
  }
});
afterAll(async () => {
  if (databaseBefore === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = databaseBefore;
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

async function said(run: (screen: ReturnType<typeof capture>['screen']) => Promise<void>): Promise<string> {
  const { lines, screen } = capture();
  await run(screen);
  return stripVTControlCharacters(lines.join('\n'));
}

it('lists campaigns by numbers, and shows one with its terms, of any version', async () => {
  const list = await said((screen) => listCampaigns({ ...HERE, json: false }, screen));
  expect(list).toMatch(/autumn-drop +Autumn drop +normal +2026-12-01 09:00 UTC +1 +1 +all 2/);
  expect(list).not.toContain('Quillon');
  const show = (of?: number) =>
    said((screen) =>
      showCampaign('autumn-drop', { ...HERE, json: false, ...(of === undefined ? {} : { of }) }, screen),
    );
  expect(await show()).toContain('Quillon Amber');
  expect(await show(1)).toContain('Quillon Ember');
  await expect(showCampaign('autumn-drip', { ...HERE, json: false }, capture().screen)).rejects.toThrow(
    'has no campaign `autumn-drip`; did you mean autumn-drop?',
  );
  await expect(show(7)).rejects.toThrow('has no version 7: `leakwatch watchlist history`');
});

it('gives a campaign as JSON as the watch list has it', async () => {
  const line = await said((screen) => showCampaign('autumn-drop', { ...HERE, of: 1, json: true }, screen));
  expect(JSON.parse(line)).toEqual({
    id: 'autumn-drop',
    name: 'Autumn drop',
    embargo: { liftsAt: '2026-12-01T09:00:00.000Z' },
    terms: [{ id: 'product', text: 'Quillon Ember', kind: 'product' }],
    assets: [{ id: 'hero', file: PICTURE }],
  });
});

it('tells versions apart, and a version and a file', async () => {
  const diff = (from?: string, to?: string) =>
    said((screen) => showDiff(from, to, { ...HERE, json: false }, screen));
  const between = await diff();
  expect(between).toContain(
    '~ term product of autumn-drop  Quillon Amber\n    text: Quillon Ember → Quillon Amber',
  );
  expect(between).toContain('+ creator ben');
  expect(between).toContain('2 differences from version 1 to version 2');
  expect(await diff('1')).toBe(between);
  expect(await diff('2', '1')).toContain('- creator ben');
  expect(await diff(path.join(folder, 'second.yaml'))).toMatch(
    /^0 differences from version 2 to .*second\.yaml$/,
  );
  expect(await diff(path.join(folder, 'first.yaml'))).toContain('- creator ben');
});

it('writes a version that can be imported again, with its pictures', async () => {
  const to = path.join(folder, 'exported');
  await exportWatchList({ ...HERE, to, json: false }, capture().screen);
  const [picture = ''] = await readdir(path.join(to, 'pictures'));
  expect(await readFile(path.join(to, 'pictures', picture))).toEqual(await readFile(PICTURE));
  const text = await readFile(path.join(to, 'list.yaml'), 'utf8');
  // A list that a person keeps has no part that leakwatch adds, and no defaults.
  expect(text).not.toMatch(/fingerprint|sha256|partnerships|approvedPosts/);
  const again = await said((screen) =>
    showDiff(path.join(to, 'list.yaml'), undefined, { ...HERE, json: false }, screen),
  );
  // The picture was outside the list's folder, and has a place inside it now.
  expect(again).toMatch(/^~ asset hero of autumn-drop\n +file: .*jpg → pictures\/.*jpg\n1 difference /);
  expect(await said((screen) => exportWatchList({ ...HERE, of: 1, json: false }, screen))).toContain(
    'text: Quillon Ember',
  );
  await expect(exportWatchList({ ...HERE, to, json: false }, capture().screen)).rejects.toThrow(
    '--to needs a new folder',
  );
});

it('gives with --json a list that can be imported again, and what a rollback would change', async () => {
  const list = await said((screen) => exportWatchList({ ...HERE, of: 1, json: true }, screen));
  expect(list).toMatch(/^\{.*Quillon Ember.*\}\nwithout its pictures/);
  const { screen, lines } = capture({ json: true });
  await rollBack(1, { ...PERSON, dryRun: true }, screen);
  expect(RolledBackSchema.parse(JSON.parse(lines[0] ?? ''))).toMatchObject({
    did: 'would-change',
    backTo: 1,
    version: 2,
    changes: [
      { part: 'term', change: 'changed' },
      { part: 'creator', change: 'removed' },
    ],
  });
});

it('goes back to an earlier version by a new one, which says so', async () => {
  const back = (version: number, dryRun = false) =>
    said((screen) => rollBack(version, { ...PERSON, dryRun }, screen));
  expect(await back(1, true)).toContain('nothing was changed');
  expect(await back(1)).toContain('watch list version 3: back to version 1');
  expect(await back(1)).toBe('version 3 says the same as version 1: nothing to do');
  const history = await said((screen) => showHistory({ ...HERE, limit: 2, json: false }, screen));
  expect(history).toMatch(/3 +\d{4}-.+ UTC +ana +back to version 1 *\n2 +\d{4}-/);
  expect(history).not.toMatch(/^1 /m);
});
