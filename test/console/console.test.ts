/**
 * The console in a real browser, against a whole leakwatch: from a notice's link to a verdict, the keys of the queue, live
 * rows, and what axe finds on each page.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { itNeeds } from '@leakwatch/runtime/testing';
import { type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { eventually } from '../harness/eventually.ts';
import { CLOSE_AND_CONFIRM } from './support/close-and-confirm.ts';
import { CHROMIUM, openBrowser, type OpenedPage, type TestBrowser } from './support/open-browser.ts';
import { findCutOff } from './support/find-cut-off.ts';
import { editWatchList } from './support/edit-watch-list.ts';
import { mergeAndSplit } from './support/merge-and-split.ts';
import { openWire } from './support/open-wire.ts';
import { runMachinery } from './support/run-machinery.ts';
import { serveConsole, type ServedConsole } from './support/serve-console.ts';
import { JOBS_BY_KEYS } from './support/work-by-keys.ts';

const ANALYST = { name: 'dana', password: 'a long enough password' };
const RIGHT_TO_LEFT = '\u202e';
/** `CONSOLE_CUT_MS=60000` cuts for a minute: what is told afterwards is the same. */
const CUT_MS = Number(process.env['CONSOLE_CUT_MS'] ?? 3000);
const ESCAPE = '\u001b[31m';
const SCRIPT = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

const it = itNeeds('Chromium (Debian: chromium)', CHROMIUM !== undefined);

let served: ServedConsole;
let browser: TestBrowser;
/** Signed in as an admin, who may do everything. */
let signedIn: OpenedPage;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  served = await serveConsole(POSTS);
  closers.push(served.close);
  browser = await openBrowser(served.address);
  closers.push(browser.close);
  await eventually(() => Promise.resolve(served.noticedPaths().length >= POSTS.length ? true : undefined));
  signedIn = await browser.open();
  const { page } = signedIn;
  await page.goto(served.firstLink);
  await page.getByLabel('Name').fill(ANALYST.name);
  await page.getByLabel('New password').fill(ANALYST.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/queue');
}, 120_000);

afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

describe('an analyst', () => {
  it('comes from a notice’s link, sees why, and gives a verdict in two keys', async () => {
    const path = await pathOf('Haruka Mori');
    const { page, context } = await browser.open();
    await page.goto(path);
    await page.getByLabel('Name').fill(ANALYST.name);
    await page.getByLabel('Password', { exact: true }).fill(ANALYST.password);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: /picture/i }).waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
    await page.getByRole('img', { name: 'Registered picture Key visual' }).waitFor();
    await page.getByRole('img', { name: /Posted picture/ }).waitFor();
    expect(await page.locator('polygon').count()).toBe(1);
    expect(await page.getByLabel('Embargo').innerText()).toMatch(/lifts in 2 d 23 h.*early/s);
    expect(await page.getByText('Still up').count()).toBeGreaterThan(0);
    await page.keyboard.press('o');
    await page.getByRole('slider').waitFor();

    const before = await figures(page);
    await page.keyboard.press('l');
    await page.getByRole('dialog', { name: /Leak/ }).waitFor();
    await page.keyboard.press('1');
    await page.getByText(/Verdict: Leak/).waitFor();

    const id = path.slice('/alerts/'.length);
    expect(await read(page, `/v1/incidents/${id}`, IncidentSchema)).toMatchObject({
      state: 'resolved',
      resolution: 'confirmed',
    });
    const after = await figures(page);
    expect(after).toMatchObject({ n: before.n + 1, right: before.right + 1 });
    const { items } = await read(page, '/v1/audit', AuditSchema);
    expect(items.filter(({ actor }) => actor === ANALYST.name).map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining(id),
    );
    await context.close();
  });

  it('reads how each match was disguised, and no caption can do more than be read', async () => {
    const { page } = signedIn;
    await page.goto(await pathOf('Lucia Marín'));
    const post = page.getByRole('article').first();
    await post.waitFor();
    expect(await post.locator('mark').allInnerTexts()).toEqual(['nоctelle сrème']);
    expect(await post.innerText()).toContain(
      'is Noctelle Crème: other case, look-alike letters: Cyrillic о for o, с for c',
    );
    const whole = page.getByRole('main');
    await whole.getByText(/, by the rule behind it/).waitFor();
    expect(await whole.getByText(/^Rule: /).innerText()).toBe('Rule: Highly sensitive campaign');
    // Neither a name of the engine nor a number of a tier alone.
    expect(await whole.innerText()).not.toMatch(/confusable|rule level|\btier \d(?! \()|\w_\w/);
    await page.goto(await pathOf('Theo Lambert'));
    await page.getByRole('article').first().waitFor();
    expect(await page.getByRole('article').first().innerText()).toContain('onerror');
    expect(await page.title()).not.toBe('owned');
  });

  it('clears the queue by keys alone: cursor, selection, preview, bulk move, undo', async () => {
    const { page } = signedIn;
    await page.goto('/queue');
    const rows = rowsOf(page);
    await rows.first().waitFor();
    const list = page.getByRole('listbox');
    const current = () => list.getAttribute('aria-activedescendant');
    const first = await current();
    await page.keyboard.press('j');
    expect(await current()).not.toBe(first);
    await page.keyboard.press('k');
    expect(await current()).toBe(first);

    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 incidents will change.').waitFor();
    await dialog.getByRole('button', { name: 'Acknowledge 2' }).click();
    await page.getByRole('status').getByText('Acknowledge: 2 incidents').waitFor();
    const stateOf = async () => {
      const { items } = await read(page, '/v1/incidents?state=acknowledged', QueueSchema);
      return items.map(({ assignee }) => assignee);
    };
    expect(await stateOf()).toEqual([ANALYST.name, ANALYST.name]);
    await page.keyboard.press('z');
    await page.getByText('Taken back: 2 incidents').waitFor();
    expect(await stateOf()).toEqual([]);

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('keeps the filter in the address, but for words that may be secret', async () => {
    const { page } = signedIn;
    await page.goto('/queue?campaign=strider');
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).allInnerTexts()).toEqual([expect.stringContaining('Wes Okafor')]);
    await page.keyboard.press('/');
    await page.keyboard.type('no such words');
    await page.getByText('Nothing waits for you here').waitFor();
    expect(page.url()).not.toContain('such');
    await page.reload();
    await page.getByText('Nothing waits for you here').waitFor();
  });

  it('sees new incidents when it asks for them, and rows stay where they are meanwhile', async () => {
    const { page } = signedIn;
    await page.goto('/queue?order=newest');
    await rowsOf(page).first().waitFor();
    const ids = async () => {
      const rows = await rowsOf(page).all();
      return Promise.all(rows.map((row) => row.getAttribute('id')));
    };
    const before = await ids();
    await served.deliver('late', [post('pim', 'x', 'p1', 'the Quarrix Strider is here')]);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await ids()).toEqual(before);
    await page.keyboard.press('n');
    await eventually(async () => ((await ids()).length === before.length + 1 ? true : undefined));
    expect((await ids()).slice(1)).toEqual(before);
  });

  it('misses nothing that came while its connection was cut', async () => {
    const wire = await openWire(served.address);
    closers.push(wire.close);
    const { page, context } = await browser.open();
    // The cookie belongs to the host, on any port.
    await context.addCookies(await signedIn.context.cookies());
    await page.goto(`${wire.address}/queue?order=newest&state=active`);
    await rowsOf(page).first().waitFor();
    const before = await rowsOf(page).count();
    const { items } = await read(page, '/v1/incidents?order=newest', QueueSchema);
    const changed = items.find(({ creator }) => creator.name === 'Pim Charoen');

    await wire.cut();
    await page.getByText('Not live: connecting again').waitFor();
    await served.deliver('meanwhile', [post('lucia', 'tiktok', 'l9', 'a first Quarrix Strider')]);
    const move = { version: changed?.version ?? '', move: { change: 'acknowledged' } };
    const answer = await signedIn.page.request.post(`/v1/incidents/${changed?.id ?? ''}/moves`, {
      data: move,
      headers: { origin: served.address },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    await page.waitForTimeout(CUT_MS);
    await wire.mend();

    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await rowsOf(page).count()).toBe(before);
    await rowsOf(page).filter({ hasText: 'Pim Charoen' }).getByText(`with ${ANALYST.name}`).waitFor();
    await page.getByText('Not live: connecting again').waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await rowsOf(page).filter({ hasText: 'a first Quarrix Strider' }).waitFor();
    await context.close();
  });

  it('merges an incident into another one of its creator, and splits it off again', async () => {
    const { page } = signedIn;
    const THREE_DAYS_MS = 259_200_000;
    const publishedAt = new Date(Date.now() - THREE_DAYS_MS).toISOString();
    await served.deliver('earlier', [{ ...post('pim', 'x', 'p0', 'hello Quarrix Strider'), publishedAt }]);
    const [one, other] = await eventually(async () => {
      const { items } = await read(page, '/v1/incidents?state=all&order=newest', QueueSchema);
      const ids = items.filter(({ creator }) => creator.name === 'Pim Charoen').map(({ id }) => id);
      return ids.length === 2 ? ids : undefined;
    });
    await mergeAndSplit(page, one ?? '', other ?? '');
  });

  for (const [name, job] of Object.entries(CLOSE_AND_CONFIRM)) {
    it(name, async () => job(signedIn.page, await pathOf('Theo Lambert')));
  }

  it('is told who was quicker, and overwrites nothing', async () => {
    const path = await pathOf('Wes Okafor');
    const { page } = signedIn;
    await page.goto(path);
    await page.getByRole('toolbar').waitFor();
    const { version } = await read(page, `/v1${path.replace('alerts', 'incidents')}`, IncidentSchema);
    await page.route('**/moves', async (route) => {
      await route.continue({
        postData: JSON.stringify({ ...route.request().postDataJSON(), version: 'older' }),
      });
    });
    await page.keyboard.press('f');
    await page.keyboard.press('1');
    await page
      .getByRole('alert')
      .getByText(/Nothing was overwritten/)
      .waitFor();
    await page.unrouteAll();
    expect(await read(page, `/v1${path.replace('alerts', 'incidents')}`, IncidentSchema)).toMatchObject({
      version,
    });
  });
});

describe('a lead', () => {
  it('edits the watch list: a term and a picture are tried in the draft, saved, compared and taken back', async () => {
    await editWatchList(signedIn.page);
  });

  it('runs the machinery: a re-scan with its estimate, a silence made and ended, rules tried', async () => {
    await runMachinery(signedIn.page);
  });
});

describe('without a pointer', () => {
  for (const [name, job] of Object.entries(JOBS_BY_KEYS)) it(name, () => job(signedIn.page));
});

describe('every page', () => {
  const PAGES: [path: string, heading: string][] = [
    ['/queue', 'Queue'],
    ['/review', 'Review'],
    ['/performance', 'Performance'],
    ['/watch-list', 'Watch list'],
    ['/watch-list/edit', 'Edit the watch list'],
    ['/creators', 'Creators'],
    ['/rescans', 'Re-scans'],
    ['/dead-letters', 'Dead letters'],
    ['/rules', 'Silences and rules'],
    ['/access', 'Access'],
    ['/system', 'System'],
  ];

  for (const dark of [false, true]) {
    it(`is accessible in ${dark ? 'dark' : 'light'} colours, and fits a small screen`, async () => {
      const { page } = signedIn;
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      for (const [path, heading] of [...PAGES, [await pathOf('Haruka Mori'), 'Posted']] as const) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(path);
        await settle(page);
        if (heading !== 'Posted') await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const found = violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html ?? ''}`);
        expect(found).toEqual([]);
        await page.setViewportSize({ width: 390, height: 844 });
        await settle(page);
        expect(await findCutOff(page), path).toEqual([]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });
  }

  it('is made of at most 300 kB of scripts, as they go over the wire', async () => {
    const folder = path.resolve(import.meta.dirname, '../../services/console/web/dist/assets');
    const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const sizes = await Promise.all(
      scripts.map(async (name) => gzipSync(await readFile(path.join(folder, name))).length),
    );
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300_000);
  });

  it('made no page complain: no refused style, no failed request, no error', () => {
    expect(browser.complaints).toEqual([]);
  });
});

const POSTS = [
  post('harukaglow', 'instagram', 'h1', 'soon 🤍', [{ file: 'dandelion-screenshot.jpg' }]),
  post('lucia', 'tiktok', 'l1', 'shhh… the nоctelle сrème brief landed'),
  post('theo', 'bluesky', 't1', `Dewfall Serum ${SCRIPT} ${ESCAPE}${RIGHT_TO_LEFT}txt.exe`),
  post('wes', 'x', 'w1', 'unboxing the Quarrix Strider'),
];

function post(handle: string, platform: string, id: string, text: string, media: object[] = []) {
  const publishedAt = new Date().toISOString();
  return { id, platform, author: { id: handle, handle }, text, media, publishedAt };
}

/** The rows of the queue that stand in the page. */
function rowsOf(page: Page): Locator {
  return page.getByRole('listbox').getByRole('option');
}

const IncidentSchema = z.looseObject({
  state: z.string(),
  resolution: z.string().nullable(),
  version: z.string(),
});
const QueueSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      assignee: z.string().nullable(),
      version: z.string(),
      creator: z.looseObject({ name: z.string() }),
    }),
  ),
});
const AuditSchema = z.looseObject({
  items: z.array(z.looseObject({ actor: z.string(), subject: z.string() })),
});
const PerformanceSchema = z.looseObject({
  precision: z.array(z.looseObject({ by: z.string(), n: z.int(), right: z.int() })),
});

/** Reads from the API as the page's own account does. */
async function read<T>(page: Page, path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await page.request.get(`${served.address}${path}`);
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  return schema.parse(await answer.json());
}

async function figures(page: Page) {
  const { precision } = await read(page, '/v1/performance', PerformanceSchema);
  const all = precision.find(({ by }) => by === 'all');
  return { n: all?.n ?? 0, right: all?.right ?? 0 };
}

/** The page of a creator's incident, as its notice links to it. */
async function pathOf(creator: string): Promise<string> {
  const { items } = await read(signedIn.page, '/v1/incidents?state=all', QueueSchema);
  const id = items.find((item) => item.creator.name === creator)?.id ?? '';
  const path = served.noticedPaths().find((one) => one.endsWith(id));
  if (id === '' || path === undefined) throw new Error(`no notice of ${creator}'s incident came`);
  return path;
}

/** Waits until nothing loads any more; the stream of live events stays open. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('main').waitFor();
  await eventually(async () => ((await page.getByLabel('Loading').count()) === 0 ? true : undefined));
}
