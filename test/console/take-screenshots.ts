/**
 * Writes the pictures of docs/console from the demo's posts: `npm run console:pictures`. It takes about two minutes and needs
 * Chromium.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Page } from 'playwright-core';
import sharp from 'sharp';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { openBrowser } from './support/open-browser.ts';

const PICTURES = path.resolve(import.meta.dirname, '../../docs/console');
const QUALITY = 82;
/** Pictures are re-encoded when they are first asked for. */
const PICTURES_MS = 4000;
const VERDICTS = ['l', 'l', 'p', 'l', 'f', 'l'];

const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-pictures-'));
const dataDir = path.join(folder, 'data');
const demo = await runLeakwatch(['demo', '--data-dir', dataDir]);
if (demo.code !== 0) throw new Error(`the demo ended with ${demo.code}: ${demo.stderr}`);
const up = startLeakwatch(
  ['up', '--data-dir', path.join(dataDir, 'demo'), '--ops-port', '0', '--log-level', 'error'],
  {
    env: { LEAKWATCH_CONSOLE_PORT: '0' },
  },
);
const link = (await up.untilSaid(/console .*(http:\S+\/welcome#\S+)/))[1] ?? '';
const browser = await openBrowser(new URL(link).origin);
try {
  await mkdir(PICTURES, { recursive: true });
  const { page } = await browser.open();
  await page.goto(link);
  await page.getByLabel('Name').fill('dana');
  await page.getByLabel('New password').fill('a long enough password');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await goToPicture(page);
  await take(page, 'queue');
  const path_ = `/alerts/${(await currentRow(page)).slice('incident-'.length)}`;
  await page.goto('/queue');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  for (const key of VERDICTS) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('1');
    await page.getByRole('status').getByText('Verdict').last().waitFor();
    await page.waitForTimeout(500);
  }
  await page.goto('/performance');
  await page.getByRole('heading', { name: 'Precision', exact: true }).waitFor();
  await take(page, 'performance');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(path_);
  await page.locator('polygon').waitFor();
  await take(page, 'incident');
} finally {
  await browser.close();
  up.kill('SIGTERM');
  await up.ended;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function currentRow(page: Page): Promise<string> {
  return (await page.getByRole('listbox').getAttribute('aria-activedescendant')) ?? '';
}

/** Moves the cursor to the first incident whose picture was found. */
async function goToPicture(page: Page): Promise<void> {
  for (let step = 0; step < 20; step += 1) {
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    if ((await page.locator('polygon').count()) > 0) return;
    const before = await currentRow(page);
    await page.keyboard.press('j');
    if ((await currentRow(page)) === before) return;
  }
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(PICTURES_MS);
  const picture = await page.screenshot({ animations: 'disabled' });
  await sharp(picture)
    .webp({ quality: QUALITY })
    .toFile(path.join(PICTURES, `${name}.webp`));
}
