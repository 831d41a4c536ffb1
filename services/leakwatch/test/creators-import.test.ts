import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parseWatchList } from '@leakwatch/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rss, serve, startFeedServer, type FeedServer } from '../../ingest/test/support/feed-server.ts';
import {
  startMastodonServer,
  status,
  type MastodonServer,
} from '../../ingest/test/support/mastodon-server.ts';
import { importCreators, type CreatorsImportOptions } from '../commands/creators-import.ts';
import { addSource, type AddSourceOptions } from '../commands/sources-add.ts';
import { CreatorsImportedSchema, SourceAddedSchema } from '../outcomes.ts';
import { capture } from './support/capture.ts';

const ROSTERS = path.resolve(import.meta.dirname, '../../../fixtures/rosters');
const LIST = `# The secret: for the agency alone.
campaigns:
  - { id: drop, name: Drop, terms: [{ id: p, text: Quillon Ember }] }   # autumn
creators:
  # Those of last year.
  - id: ines   # her manager is Lea
    accounts:
      - { platform: instagram, nativeId: '17', handle: Ines.Paints } # since May
`;

let folder: string;
let list: string;
let instance: MastodonServer;
let feeds: FeedServer;
beforeAll(async () => {
  instance = await startMastodonServer();
  feeds = await startFeedServer();
  vi.stubEnv('LEAKWATCH_POLL_ALLOW_PRIVATE', '1');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await instance.close();
  await feeds.close();
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-rosters-'));
  list = path.join(folder, 'list.yaml');
  await writeFile(list, LIST, { mode: 0o600 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function table(content: string | Uint8Array, name = 'roster.csv'): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

async function importing(file: string, options: Partial<CreatorsImportOptions> = {}, json = false) {
  const { screen, lines } = capture({ json });
  await importCreators(file, { to: list, dryRun: false, checkFor: 0, ...options }, screen);
  return stripVTControlCharacters(lines.join('\n'));
}

async function adding(name: string, options: Partial<AddSourceOptions> = {}, json = false) {
  const { screen, lines } = capture({ json });
  await addSource(name, { to: list, check: true, dryRun: false, ...options }, screen);
  return stripVTControlCharacters(lines.join('\n'));
}

const written = () => readFile(list, 'utf8');

describe('creators import', () => {
  it('adds creators and accounts to the file, and leaves all else as it was', async () => {
    const said = await importing(path.join(ROSTERS, 'grin.csv'));
    expect(said).toContain('columns: Creator Name → name, Instagram Handle → instagram');
    expect(said).toContain('not read: Email');
    expect(said).toContain(
      '~ creator ines  Ines Delgado\n    name: none → Ines Delgado\n    + inespaints (tiktok)\n',
    );
    expect(said).toContain('+ creator tomo_arai  Tomo Arai\n    + tomo_arai (instagram)');
    expect(said).toContain('not polled: tiktok, youtube, instagram; send their posts to the webhook');
    expect(said).toMatch(/list\.yaml is written; next: {2}leakwatch watchlist import .*list\.yaml$/);
    expect(await written()).toBe(
      `${LIST}      - { platform: tiktok, handle: inespaints }
      - { platform: youtube, handle: inespaints }
      - { platform: feed, handle: https://ines.example }
    name: Ines Delgado
  - id: tomo_arai
    name: Tomo Arai
    accounts:
      - { platform: instagram, handle: tomo_arai }
`,
    );
    expect((await stat(list)).mode & 0o777).toBe(0o600);
    expect(await importing(path.join(ROSTERS, 'grin.csv'))).toContain(
      'has all of this already: nothing to do',
    );
    expect(await readdir(folder)).toEqual(['list.yaml']);
  });

  it('shows what would change, and prints YAML without a list; both write nothing', async () => {
    const file = path.join(ROSTERS, 'upfluence.csv');
    // Ids of a tool are not those of the list: an account that another creator has is no guess to make.
    await expect(importing(file)).rejects.toThrow(
      'row 2, B (media_url): ines.paints on instagram belongs to the creator ines',
    );
    const other = LIST.replace('Ines.Paints', 'ines');
    await writeFile(list, other);
    expect(await importing(file, { dryRun: true })).toContain('2 creators would change; nothing was written');
    const printed = await importing(file, { to: undefined });
    expect(printed).toContain('creators:\n  - id: "88120"\n    name: Ines Delgado');
    const json = CreatorsImportedSchema.parse(
      JSON.parse((await importing(file, { dryRun: true }, true)).split('\n').at(-2) ?? ''),
    );
    expect(json).toMatchObject({ did: 'would-change', rows: 3, accounts: 3, checked: 0 });
    expect(await written()).toBe(other);
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16LE without one', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16BE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('reads %s', async (_what, encode) => {
    const file = await table(encode('id\tname\tinstagram\r\nzoe\tZoë 林\t@zoe\r\n'));
    await importing(file);
    expect(parseWatchList(await written(), list).creators[1]).toMatchObject({
      id: 'zoe',
      name: 'Zoë 林',
      accounts: [{ platform: 'instagram', handle: 'zoe' }],
    });
  });

  it('refuses another encoding until it is named', async () => {
    const file = await table(Buffer.from('id,name,x\nzoe,Zo\u00eb,zoe\n', 'latin1'));
    await expect(importing(file)).rejects.toThrow(
      'roster.csv: it is not in utf-8: save it as “CSV UTF-8”, or name its encoding: --encoding windows-1252',
    );
    await importing(file, { encoding: 'windows-1252' });
    expect(await written()).toContain('name: Zoë');
    await expect(importing(file, { encoding: 'klingon' })).rejects.toThrow('there is no encoding klingon');
  });

  it('refuses a table with a mistake whole, with row and column', async () => {
    const file = await table('id;instagram;tiktok\nana;ana;7,12E+18\nben;ben maria;ben\ncleo;cleo;cleo\n');
    await expect(importing(file)).rejects.toThrow(
      [
        `${file}: row 2, C (tiktok): “7,12E+18” is a number that a spreadsheet has rounded: export the column as text again`,
        `${file}: row 3, B (instagram): “ben maria” is no handle`,
        'nothing was written: correct 2 rows',
      ].join('\n'),
    );
    expect(await written()).toBe(LIST);
    await expect(importing(path.join(folder, 'none.csv'))).rejects.toThrow('cannot read the table: ');
  });

  it('reads columns as the call says, and names those that there are', async () => {
    const file = await table('Wer,Konto,Mail\nzoe,zoe.paints,z@mail.example\n');
    await expect(importing(file)).rejects.toThrow('row 1: no column is mapped to the id of the creator');
    await importing(file, { map: ['wer=id', 'Konto=tiktok'] });
    expect(await written()).toContain(
      '  - id: zoe\n    accounts:\n      - { platform: tiktok, handle: zoe.paints }',
    );
    await expect(importing(file, { map: ['Kunde=id'] })).rejects.toThrow(
      'no column Kunde; it has Wer, Konto, Mail',
    );
    await expect(importing(file, { map: ['Wer=who'] })).rejects.toThrow(
      'there is no field who; fields are id, name',
    );
  });

  it('polls each new account once, writes its id, and tells what is not heard', async () => {
    instance.statuses = [status('1', 'hello')];
    feeds.paths.set('/blog', serve(rss(['1', 'first'])));
    const file = await table(
      `id,mastodon,blog\nana,${instance.url}/@ana,${feeds.url}/blog\nben,${instance.url}/@ben,${feeds.url}/none\n`,
    );
    instance.server.paths.set('/api/v1/accounts/lookup?acct=ben', (_request, response) =>
      response.writeHead(404).end('{}'),
    );
    const said = await importing(file, { checkFor: 30 });
    expect(said).toContain(`ben@${instance.url} (mastodon): the instance has no account of this name`);
    expect(said).toContain(`${feeds.url}/none (feed): the host answered 404`);
    const [, ana] = parseWatchList(await written(), list).creators;
    expect(ana?.accounts).toEqual([
      { platform: 'mastodon', instance: instance.url, handle: 'ana', nativeId: '109' },
      { platform: 'feed', handle: `${feeds.url}/blog` },
    ]);
    // Renamed since: the id tells that it is the same account.
    const renamed = await table(`id,mastodon\nana,${instance.url}/@ana_now\n`, 'renamed.csv');
    instance.server.paths.set('/api/v1/accounts/lookup?acct=ana_now', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"109","acct":"ana_now"}'),
    );
    expect(await importing(renamed, { checkFor: 30 })).toContain('is an account of ana under another name');
  });

  it('writes nothing if the file was changed meanwhile', async () => {
    feeds.paths.set('/slow', (_request, response) => {
      void writeFile(list, `${LIST}# a word of Lea\n`).then(() => response.writeHead(404).end());
    });
    const file = await table(`id,blog\nana,${feeds.url}/slow\n`);
    await expect(importing(file, { checkFor: 30 })).rejects.toThrow(
      'was changed meanwhile; nothing was written',
    );
    expect(await written()).toBe(`${LIST}# a word of Lea\n`);
  });
});

describe('sources add', () => {
  it('finds the connector by the address, polls once and writes the account with its id', async () => {
    instance.statuses = [status('1', 'hello')];
    const said = await adding(`${instance.url}/@ana`, { creator: 'ines' });
    expect(said).toContain('heard on mastodon: 1 post');
    expect(said).toContain('~ creator ines');
    expect(await written()).toBe(
      `${LIST}      - { platform: mastodon, instance: ${instance.url}, handle: ana, nativeId: "109" }\n`,
    );
    expect(await adding(`${instance.url}/@ana`)).toContain('nothing to do');
    await expect(adding(`${instance.url}/@ana`, { creator: 'ben' })).rejects.toThrow(
      'belongs to the creator ines; nothing was written',
    );
  });

  it('takes a page for a feed where it is no profile, and makes a creator', async () => {
    feeds.paths.set(
      '/@zoe',
      serve('<link rel="alternate" type="application/rss+xml" href="/zoe.xml">', 'text/html'),
    );
    feeds.paths.set('/zoe.xml', serve(rss(['1', 'first'])));
    const said = await adding(`${feeds.url}/@zoe`, { creator: 'zoe', name: 'Zoë' });
    expect(said).toContain(`heard on feed: 1 post\nthe page names the feed ${feeds.url}/zoe.xml`);
    expect(parseWatchList(await written(), list).creators[1]).toMatchObject({
      id: 'zoe',
      name: 'Zoë',
      accounts: [{ platform: 'feed', handle: `${feeds.url}/@zoe` }],
    });
  });

  it('writes nothing for an account that is not heard, unless it is not to be polled', async () => {
    await expect(adding(`${feeds.url}/nothing`)).rejects.toThrow(
      'the host answered 404\nnothing was written; --no-check adds it all the same',
    );
    expect(await written()).toBe(LIST);
    await adding(`${feeds.url}/nothing`, { check: false });
    expect(await written()).toContain(`handle: ${feeds.url}/nothing }`);
  });

  it('adds an account of a platform that is not polled, and prints YAML without a list', async () => {
    const said = await adding('https://www.instagram.com/kit.rao/', { to: undefined });
    expect(said).toContain('instagram is not polled: send its posts to the webhook');
    expect(said).toContain('creators:\n  - id: kit.rao\n    accounts:\n      - platform: instagram');
    const json = await adding('https://www.instagram.com/kit.rao/', { dryRun: true }, true);
    expect(
      SourceAddedSchema.parse(JSON.parse(json.split('\n').find((line) => line.startsWith('{')) ?? '')),
    ).toMatchObject({
      creatorId: 'kit.rao',
      account: { platform: 'instagram', handle: 'kit.rao' },
      did: 'would-change',
    });
    await expect(adding('https://www.instagram.com/p/abc')).rejects.toThrow('names no account');
  });
});
