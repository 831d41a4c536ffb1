import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadCurrentWatchList } from '@leakwatch/store';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../api/audit/index.ts';
import {
  ContentSchema,
  DraftCheckSchema,
  UploadedPictureSchema,
  type EditedCampaign,
} from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { pngOfSize } from './support/png-of-size.ts';
import { openScene, type Scene } from './support/scene.ts';

const PICTURE = path.resolve(import.meta.dirname, '../../../fixtures/images/assets/dandelion-key-visual.jpg');
const HEIC = path.resolve(
  import.meta.dirname,
  '../../../packages/image-matching/test/data/heic/bridge-and-street.heic',
);

let scene: Scene;
let lea: Browser;
let ben: Browser;
let outsider: Browser;
let ana: Browser;
beforeAll(async () => {
  scene = await openScene();
  lea = await scene.person('lea', 'lead');
  ben = await scene.person('ben', 'admin');
  outsider = await scene.person('olga', 'lead', ['borealis']);
  ana = await scene.person('ana', 'analyst');
});
afterAll(() => scene.close());
beforeEach(async () => {
  for (const one of [lea, ben, outsider]) await one.send('DELETE', '/v1/watch-list/draft');
});

async function contentOf(browser: Browser) {
  return ContentSchema.parse((await browser.get('/v1/watch-list/content')).body);
}
async function campaign(browser: Browser, id: string): Promise<EditedCampaign> {
  const found = (await contentOf(browser)).campaigns.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
async function edit(browser: Browser, edits: object): Promise<void> {
  const { version } = await contentOf(browser);
  const answer = await browser.send('PUT', '/v1/watch-list/draft', { base: version, edits });
  expect(answer.status, answer.text).toBe(200);
}
async function check(browser: Browser) {
  const answer = await browser.post('/v1/watch-list/draft/check', {});
  expect(answer.status, answer.text).toBe(200);
  return DraftCheckSchema.parse(answer.body);
}
async function addTerm(browser: Browser, text: string, id = text.toLowerCase().replaceAll(' ', '-')) {
  const borealis = await campaign(browser, 'borealis');
  await edit(browser, { campaigns: [{ ...borealis, terms: [...borealis.terms, { id, text }] }] });
}

describe('a draft of the watch list', () => {
  it('is tried and shown against the current version, then saved as a version of the person', async () => {
    await addTerm(lea, 'Zephyr Dune');
    expect(await check(lea)).toMatchObject({
      problems: [],
      changes: [
        { part: 'term', campaignId: 'borealis', id: 'zephyr-dune', change: 'added', name: 'Zephyr Dune' },
      ],
    });
    const text = 'the zephyr dune is here';
    const tried = await lea.post('/v1/watch-list/try', { text, draft: true });
    expect(tried.body).toMatchObject({ campaigns: [{ id: 'borealis', matches: 1 }] });
    expect((await lea.post('/v1/watch-list/try', { text })).body).toMatchObject({ campaigns: [] });

    const { version } = await contentOf(lea);
    const saved = await lea.post('/v1/watch-list/draft/save', { note: 'the sequel' });
    expect(saved.body).toMatchObject({ version: version + 1 });
    const current = await loadCurrentWatchList(scene.store.pool);
    expect(current?.campaigns[1]?.terms.map((one) => one.text)).toEqual(['Marlow Cove', 'Zephyr Dune']);
    expect((await lea.get('/v1/watch-list')).body['versions']).toMatchObject([
      { version: version + 1, by: 'lea', note: 'the sequel' },
      { version },
    ]);
    expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({
      base: version + 1,
      updatedAt: null,
      edits: { campaigns: [] },
    });
    const { items } = (await lea.get('/v1/audit')).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        actor: 'lea',
        action: 'watch-list-saved',
        subject: `watch-list/${version + 1}`,
        detail: { from: version, changes: { 'term added': 1 } },
      }),
    );
    expect(JSON.stringify(items)).not.toContain('Zephyr');
    expect(await verifyAudit(scene.store.pool)).toMatchObject({ fault: null });
  });

  it('is not saved over a newer version: the answer names its author, and the draft stays', async () => {
    await addTerm(lea, 'Harbour Fox');
    await addTerm(ben, 'Cinder Lake');
    expect((await ben.post('/v1/watch-list/draft/save', {})).status).toBe(200);
    const refused = await lea.post('/v1/watch-list/draft/save', {});
    expect(refused.status).toBe(409);
    const { version } = await contentOf(lea);
    expect(refused.body).toMatchObject({
      code: 'stale',
      changed: { by: 'ben', change: 'watch-list-saved', version: String(version) },
    });
    expect((await lea.get('/v1/watch-list/draft')).body).toMatchObject({
      base: version - 1,
      current: { version, by: 'ben' },
      overlaps: ['borealis'],
    });
    // On the newer version, the difference shows that the other term would go.
    const { body } = await lea.get('/v1/watch-list/draft');
    await lea.send('PUT', '/v1/watch-list/draft', { base: version, edits: body['edits'] });
    expect((await check(lea)).changes.map(({ name, change }) => `${change} ${name}`).toSorted()).toEqual([
      'added Harbour Fox',
      'removed Cinder Lake',
    ]);
  });

  it('of two people who save at the same moment is saved once', async () => {
    await addTerm(lea, 'Ochre Field');
    await addTerm(ben, 'Umber Field');
    const saved = await Promise.all([lea, ben].map((one) => one.post('/v1/watch-list/draft/save', {})));
    expect(saved.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('with a mistake is refused by the names of campaign and item, and a word of ordinary talk is warned of', async () => {
    const borealis = await campaign(lea, 'borealis');
    const twins = [
      { id: 'a', text: 'Nimbus Kite' },
      { id: 'a', text: 'Nimbus Kite Two' },
    ];
    await edit(lea, { campaigns: [{ ...borealis, terms: twins }] });
    expect((await check(lea)).problems).toEqual([
      expect.stringMatching(/^Borealis, term Nimbus Kite Two, id: .*`a`/),
    ]);
    expect((await lea.post('/v1/watch-list/draft/save', {})).status).toBe(400);
    await edit(lea, {
      campaigns: [{ ...borealis, terms: [{ id: 'q', text: 'nimbus AND (', kind: 'query' }] }],
    });
    expect((await check(lea)).problems).toHaveLength(1);
    await edit(lea, { campaigns: [{ ...borealis, terms: [{ id: 'w', text: 'summer', kind: 'codename' }] }] });
    const { problems, warnings } = await check(lea);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('campaign borealis, term w')]);
  });

  it('with a character for which a file is refused is refused by its place', async () => {
    const borealis = await campaign(lea, 'borealis');
    for (const name of ['Bore\u0007alis', 'Boréalis'.replace('é', '\ufffd')]) {
      await edit(lea, { campaigns: [{ ...borealis, name }] });
      expect((await check(lea)).problems).toEqual([expect.stringMatching(/, name: .*U\+(0007|FFFD)/)]);
      expect((await lea.post('/v1/watch-list/draft/save', {})).status).toBe(400);
    }
    const named = { campaigns: [{ ...borealis, name: 'a\u0000' }] };
    const answer = await lea.send('PUT', '/v1/watch-list/draft', { base: 1, edits: named });
    expect(answer).toMatchObject({
      status: 400,
      body: { problems: ['body/edits/campaigns/0/name: the control character U+0000 is not allowed'] },
    });
  });

  it('leads back to an earlier version, which is saved as a new one', async () => {
    const { version } = await contentOf(lea);
    const first = await loadCurrentWatchList(scene.store.pool);
    await addTerm(lea, 'Passing Thought');
    await lea.post('/v1/watch-list/draft/save', {});
    expect((await lea.get(`/v1/watch-list/versions/${version + 1}/changes`)).body).toMatchObject({
      items: [{ part: 'term', name: 'Passing Thought', change: 'added' }],
    });
    expect((await lea.post(`/v1/watch-list/versions/${version}/draft`, {})).status).toBe(200);
    expect((await check(lea)).changes).toMatchObject([{ name: 'Passing Thought', change: 'removed' }]);
    expect((await lea.post('/v1/watch-list/draft/save', { note: 'back' })).body).toMatchObject({
      version: version + 2,
    });
    const now = await loadCurrentWatchList(scene.store.pool);
    expect(now?.campaigns.map(({ terms }) => terms)).toEqual(first?.campaigns.map(({ terms }) => terms));
    expect((await lea.post('/v1/watch-list/versions/999/draft', {})).status).toBe(404);
  });

  it('is for leads, and within their campaigns', async () => {
    expect((await ana.get('/v1/watch-list/content')).status).toBe(403);
    const content = await contentOf(outsider);
    expect(content.campaigns.map(({ id }) => id)).toEqual(['borealis']);
    const aurora = await campaign(lea, 'aurora');
    const base = content.version;
    const refused = async (edits: object) =>
      (await outsider.send('PUT', '/v1/watch-list/draft', { base, edits })).status;
    expect(await refused({ campaigns: [aurora] })).toBe(403);
    expect(await refused({ campaigns: [{ id: 'own', name: 'Own' }] })).toBe(403);
    expect(await refused({ removedCampaigns: ['aurora'] })).toBe(403);
    expect(await refused({ creators: [{ id: 'new' }] })).toBe(403);
    await addTerm(outsider, 'Outer Term');
    expect((await outsider.post('/v1/watch-list/draft/save', {})).status).toBe(200);
    await addTerm(lea, 'Inner Term');
    const { sha256 } = aurora.assets[0] ?? { sha256: '' };
    expect((await outsider.get(`/v1/watch-list/pictures/${sha256}`)).status).toBe(404);
    expect((await lea.get(`/v1/watch-list/pictures/${sha256}`)).status).toBe(200);
    const shown = await outsider.get(`/v1/watch-list/versions/${base + 1}/changes`);
    expect(shown.text).not.toMatch(/aurora|Quillon/i);
  });
});

describe('a picture for the watch list', () => {
  const upload = async (
    bytes: Uint8Array,
    type = 'application/octet-stream',
    at = 'pictures?name=key%20visual.jpg',
    browser = lea,
  ) => {
    const response = await fetch(`${scene.console.address}/v1/watch-list/${at}`, {
      method: 'POST',
      headers: { ...browser.headers, 'content-type': type },
      body: new Uint8Array(bytes),
    });
    const text = await response.text();
    return { status: response.status, text };
  };

  it('is uploaded, shown encoded anew, tried as altered copies, and found once it is in the draft', async () => {
    const bytes = await readFile(PICTURE);
    const answer = await upload(bytes);
    expect(answer.status, answer.text).toBe(200);
    const uploaded = UploadedPictureSchema.parse(JSON.parse(answer.text));
    expect(uploaded.file).toMatch(/^[0-9a-f]{12}-key-visual\.jpg$/);
    const found = uploaded.copies.filter((copy) => copy.found).map(({ kind }) => kind);
    expect(found).toEqual(expect.arrayContaining(['recompressed', 'small', 'cropped', 'screenshot']));
    const shown = await lea.get(`/v1/watch-list/pictures/${uploaded.sha256}?width=64`);
    expect(shown.headers.get('content-type')).toBe('image/webp');

    const borealis = await campaign(lea, 'borealis');
    const { sha256, file } = uploaded;
    await edit(lea, { campaigns: [{ ...borealis, assets: [{ id: 'key', file, sha256, name: 'Key' }] }] });
    expect((await check(lea)).problems).toEqual([]);
    const posted = await sharp(bytes).resize({ width: 500 }).jpeg({ quality: 60 }).toBuffer();
    const tried = await upload(posted, undefined, 'try-picture?draft=true');
    expect(JSON.parse(tried.text)).toMatchObject({
      matches: [{ campaignId: 'borealis', item: 'Key', grade: 'same', raisesAlert: true }],
    });
    expect(JSON.parse((await upload(posted, undefined, 'try-picture')).text)).toEqual({ matches: [] });
    expect((await lea.post('/v1/watch-list/draft/save', {})).status).toBe(200);
    const current = await loadCurrentWatchList(scene.store.pool);
    const asset = current?.campaigns[1]?.assets[0];
    expect(asset).toMatchObject({ id: 'key', sha256 });
    expect(asset?.fingerprint.length).toBeGreaterThan(100);
    expect((await lea.get('/v1/campaigns/borealis/assets/key?width=32')).status).toBe(200);

    const key = { id: 'key', file, sha256, name: 'Key' };
    await edit(lea, { campaigns: [{ ...borealis, assets: [{ ...key, alertOn: ['part'] }] }] });
    expect((await check(lea)).changes).toMatchObject([{ part: 'asset', fields: [{ name: 'alertOn' }] }]);
    expect(JSON.parse((await upload(posted, undefined, 'try-picture?draft=true')).text)).toMatchObject({
      matches: [{ item: 'Key', grade: 'same', raisesAlert: false }],
    });
    await edit(lea, { campaigns: [{ ...borealis, assets: [{ ...key, cleared: true }] }] });
    expect((await check(lea)).changes).toMatchObject([{ part: 'asset', fields: [{ name: 'cleared' }] }]);
    const cleared = await upload(posted, undefined, 'try-picture?draft=true');
    expect(JSON.parse(cleared.text)).toEqual({ matches: [] });
    const twins = [
      { ...key, cleared: true },
      { ...key, id: 'twin' },
    ];
    await edit(lea, { campaigns: [{ ...borealis, assets: twins }] });
    expect((await check(lea)).warnings).toEqual([
      'campaign borealis, asset twin: is never found: the cleared asset key is the same picture',
    ]);
  });

  it('is tried and shown in every format that the matcher reads: HEIC of a telephone, BMP', async () => {
    const heic = await readFile(HEIC);
    const bitmap = Buffer.alloc(54 + 64 * 48 * 3, 120);
    bitmap.write('BM');
    for (const [at, value] of [
      [2, bitmap.length],
      [10, 54],
      [14, 40],
      [18, 64],
      [22, 48],
      [26, 1 | (24 << 16)],
      [30, 0],
    ] as const) {
      bitmap.writeUInt32LE(value, at);
    }
    for (const [bytes, width] of [
      [heic, 320],
      [bitmap, 64],
    ] as const) {
      const answer = await upload(bytes);
      expect(answer.status, answer.text).toBe(200);
      const { sha256, widthPx, copies } = UploadedPictureSchema.parse(JSON.parse(answer.text));
      expect([widthPx, copies.length]).toEqual([width, 7]);
      const shown = await fetch(`${scene.console.address}/v1/watch-list/pictures/${sha256}`, {
        headers: lea.headers,
      });
      expect(shown.status).toBe(200);
      expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width });
    }
  });

  it('of a draft is opened by its hash only by those who uploaded it, or see the campaign that it is for', async () => {
    const bytes = await sharp(await readFile(PICTURE))
      .negate()
      .png()
      .toBuffer();
    const of = (browser: Browser) => upload(bytes, undefined, undefined, browser);
    const { sha256, file } = UploadedPictureSchema.parse(JSON.parse((await of(lea)).text));
    const open = async (browser: Browser) =>
      (await browser.get(`/v1/watch-list/pictures/${sha256}?width=32`)).status;
    // No draft holds it yet.
    expect([await open(lea), await open(ben), await open(outsider)]).toEqual([200, 404, 404]);
    const asset = { id: 'key', file, sha256 };
    const aurora = await campaign(lea, 'aurora');
    await edit(lea, { campaigns: [{ ...aurora, assets: [...aurora.assets, asset] }] });
    expect([await open(lea), await open(ben), await open(outsider)]).toEqual([200, 200, 404]);

    const borealis = await campaign(outsider, 'borealis');
    const taking = { campaigns: [{ ...borealis, assets: [asset] }] };
    const { version: base } = await contentOf(outsider);
    const taken = await outsider.send('PUT', '/v1/watch-list/draft', { base, edits: taking });
    expect(taken).toMatchObject({
      status: 400,
      body: { problems: [expect.stringContaining('body/edits/campaigns/0/assets/0/sha256')] },
    });
    expect(await open(outsider)).toBe(404);
    // Whoever has the file has seen it, and takes it from nobody.
    expect((await of(outsider)).status).toBe(200);
    await edit(outsider, taking);
    expect((await of(lea)).status).toBe(200);
    expect([await open(lea), await open(outsider)]).toEqual([200, 200]);
  });

  it('that is a bomb, no picture, cut off or too many bytes is refused, and says why', async () => {
    const bomb = await upload(pngOfSize(60_000, 60_000));
    expect(bomb.status).toBe(422);
    expect(bomb.text).toContain('too-many-pixels');
    const text = await upload(Buffer.from('<svg onload="alert(1)"/> is no picture'));
    expect(text.status).toBe(422);
    expect(text.text).toContain('unsupported-format');
    const cut = await upload((await readFile(PICTURE)).subarray(0, 2000));
    expect(cut.status).toBe(422);
    expect((await upload(new Uint8Array(25 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await upload(Buffer.from('{}'), 'application/json')).status).toBe(415);
    expect((await upload(Buffer.from('GIF89a'), 'image/gif')).status).toBe(415);
    const { rows } = await scene.store.pool.query(
      'SELECT FROM console_picture WHERE octet_length(bytes) < 3000',
    );
    expect(rows).toEqual([]);
  });
});
