import { readFile } from 'node:fs/promises';
import { type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** More than any page has places for the keyboard. */
const MOST_PRESSES = 250;

/** The main job of each page besides the queue and the incident, done without a pointer. */
export const JOBS_BY_KEYS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'Review: judges a drawn post': async (page) => {
    await page.goto('/review');
    const post = page.getByRole('article', { name: 'Drawn post' });
    await post.waitFor();
    const before = await post.innerText();
    await page.keyboard.press('n');
    await page.getByText('1 reviewed today').waitFor();
    await expect.poll(() => post.innerText()).not.toBe(before);
  },
  'Creators: finds one, and goes to their incidents': async (page) => {
    await page.goto('/creators');
    await page.getByRole('row', { name: /Pim Charoen/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Haruka');
    await page.getByText('1 creator', { exact: true }).waitFor();
    await pressOn(page, page.getByRole('button', { name: '1 incident of Haruka Mori' }));
    await page.waitForURL('**/queue?state=all');
    await page.getByRole('listbox').getByRole('option').waitFor();
  },
  'Watch list: tries a caption': async (page) => {
    await page.goto('/watch-list');
    await tabTo(page, page.getByLabel('Caption to try'));
    await page.keyboard.type('my Quarrix Strider has come');
    await pressOn(page, page.getByRole('button', { name: 'Try', exact: true }));
    await page.getByText('Found: Strider handheld (1)').waitFor();
  },
  'Re-scans: estimates one': async (page) => {
    await page.goto('/rescans');
    await tabTo(page, page.getByLabel('Only report, raise no alert'));
    await page.keyboard.press('Space');
    await pressOn(page, page.getByRole('button', { name: 'Estimate' }));
    await page.getByText(/fingerprints? to read/).waitFor();
  },
  'Dead letters: has one processed again': async (page) => {
    await page.goto('/dead-letters');
    await pressOn(page, page.getByRole('button', { name: /^Replay [0-9a-f]{8}$/ }).first());
    // The line is as broken as before.
    await page.getByText(/it failed again$/).waitFor();
  },
  'Silences: makes one, and ends it': async (page) => {
    await page.goto('/rules');
    await tabTo(page, page.getByRole('combobox', { name: /^Campaign/ }));
    await page.keyboard.type('Strider');
    await tabTo(page, page.getByLabel('Reason'));
    await page.keyboard.type('the brand posts itself');
    await page.keyboard.press('Enter');
    await pressOn(page, page.getByRole('button', { name: /^End silence/ }));
    await page.getByText('Nothing is silenced.').waitFor();
  },
  'Performance: exports its figures': async (page) => {
    await page.goto('/performance');
    const download = page.waitForEvent('download');
    await pressOn(page, page.getByRole('link', { name: 'Export CSV' }));
    expect(await readFile(await (await download).path(), 'utf8')).toMatch(/precision/i);
  },
  'Access: makes a token, and revokes it': async (page) => {
    await page.goto('/access');
    await tabTo(page, page.getByLabel('Name').last());
    await page.keyboard.type('pager');
    await page.keyboard.press('Enter');
    await page.getByText('The token is shown once.').waitFor();
    await pressOn(page, page.getByRole('button', { name: 'Revoke pager' }));
    await page.getByText('revoked').waitFor();
  },
  'System: shows what works': async (page) => {
    await page.goto('/queue');
    await page.getByRole('listbox').waitFor();
    await pressOn(page, page.getByRole('link', { name: /^System/ }));
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
  },
};

/** Moves to a place by the key Tab, and presses Enter there. */
async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** @throws Error if Tab does not lead there */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}
