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
    await tabTo(page, page.getByLabel('Name of the token'));
    await page.keyboard.type('pager');
    await page.keyboard.press('Enter');
    await page.getByText('The token is shown once.').waitFor();
    await pressOn(page, page.getByRole('button', { name: 'Revoke pager' }));
    await page.getByText('revoked').waitFor();
  },
  'Access: invites somebody to one campaign, changes their rights, and makes another link': async (page) => {
    await page.goto('/access');
    await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
    await page.keyboard.type('mira');
    // Nothing is chosen yet, and the form does not go without a choice.
    await page.keyboard.press('Enter');
    expect(await page.locator('select:invalid').count()).toBe(1);
    await tabTo(page, page.getByLabel('Campaigns').first());
    await page.keyboard.type('only');
    await tabTo(page, page.getByRole('checkbox', { name: 'Strider handheld' }));
    await page.keyboard.press('Space');
    await pressOn(page, page.getByRole('button', { name: 'Invite' }));
    await page.getByText('The link is shown once.').waitFor();
    const row = page.getByRole('row', { name: /^mira/ });
    await row.getByText('Strider handheld').waitFor();

    await pressOn(page, page.getByRole('button', { name: 'Change mira' }));
    const form = page.getByRole('form', { name: 'Change mira' });
    await tabTo(page, form.getByRole('checkbox', { name: 'Dewfall launch' }));
    await page.keyboard.press('Space');
    await pressOn(page, form.getByRole('button', { name: 'Save' }));
    await row.getByText('Strider handheld, Dewfall launch').waitFor();

    await pressOn(page, page.getByRole('button', { name: 'New link mira' }));
    const shown = page.getByRole('status').filter({ hasText: 'With this link mira sets a new password' });
    await workAsInvited(page, await shown.locator('code').innerText());
  },
  'System: shows what works': async (page) => {
    await page.goto('/queue');
    await page.getByRole('listbox').waitFor();
    await pressOn(page, page.getByRole('link', { name: /^System/ }));
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    // The job before this one changed an account.
    await page
      .getByRole('row', {
        name: /account mira.*campaigns: Strider handheld → Strider handheld, Dewfall launch/,
      })
      .waitFor();
  },
};

/** Opens the link as the person it is for: an analyst has tokens and a password on the page, and no accounts. */
async function workAsInvited(page: Page, link: string): Promise<void> {
  const context = await page.context().browser()?.newContext();
  if (context === undefined) throw new Error('the page belongs to no browser');
  const own = await context.newPage();
  // The link names the address of the settings, and this server has another port.
  const { pathname, hash } = new URL(link);
  await own.goto(new URL(pathname + hash, page.url()).href);
  await own.getByLabel('Name').fill('mira');
  await own.getByLabel('New password').fill('a first long password');
  await own.keyboard.press('Enter');
  await own.getByRole('link', { name: 'Access' }).click();
  await own.getByLabel('Current password').fill('a first long password');
  await own.getByLabel('New password').fill('another long password');
  await own.keyboard.press('Enter');
  await own.getByText('Your password is changed.').waitFor();
  expect(await own.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
    'Tokens for programs',
    'Your password',
  ]);
  await context.close();
}

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
