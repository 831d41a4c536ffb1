import { type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Escape closes what is open, and only the next one leaves the page. */
async function closeOneThing(page: Page, incident: string): Promise<void> {
  await page.goto(incident);
  await page.getByRole('toolbar').waitFor();
  for (const key of ['?', 's', 't']) {
    await page.keyboard.press(key);
    const open = page.getByRole('dialog');
    await open.waitFor();
    await page.keyboard.press('Escape');
    await open.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname, `after ${key}`).toBe(incident);
  }
  // The key that shows the list of keys hides it, too.
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.waitForURL('**/queue');
}

/** The dialog of many has its focus in the note: Ctrl+Enter confirms from there. */
async function confirmFromTheNote(page: Page): Promise<void> {
  await page.goto('/queue');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 incident will change.').waitFor();
  const campaigns = await dialog.getByText(/^Campaigns: /).innerText();
  expect(campaigns).toMatch(/Dewfall launch|Strider handheld/);
  await page.keyboard.type('first line');
  await page.keyboard.press('Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('Assign: 1 incident').waitFor();
  await page.keyboard.press('z');
  await page.getByText('Taken back: 1 incident').waitFor();
}

const WIDTHS = [390, 1280, 1920];

/** The question for the campaign leaves the post in view, and its rows apart from each other. */
async function askWithThePostInView(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/review');
    const post = page.getByRole('article');
    await post.waitFor();
    await page.keyboard.press('l');
    const panel = page.getByRole('dialog', { name: 'Of which campaign?' });
    await panel.waitFor();
    const [text, box, close] = [
      await boxOf(post),
      await boxOf(panel),
      await boxOf(panel.getByLabel('Close')),
    ];
    expect(box.y, `at ${width} px`).toBeGreaterThanOrEqual(text.y + text.height);
    expect(close.width).toBeLessThan(60);
    const rows = await Promise.all((await panel.getByRole('listitem').all()).map(boxOf));
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1];
      if (next !== undefined) expect(next.y).toBeGreaterThanOrEqual(row.y + row.height);
    }
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await post.count()).toBe(1);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** A verdict by keys that are quicker than the incident. */
async function judgeBeforeItCame(page: Page): Promise<void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const WHOLE = /\/v1\/incidents\/[0-9a-f]{64}$/;
  await page.route(WHOLE, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/queue');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('f');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('1');
  release();
  await page
    .getByRole('status')
    .getByText(/Verdict: False alarm/)
    .waitFor();
  // The row stays, and the list counts as the navigation does.
  const left = page.getByText('1 resolved, until the list is loaded anew');
  await left.waitFor();
  await page.keyboard.press('z');
  await page.getByText('Taken back: 1 incident').waitFor();
  await left.waitFor({ state: 'detached' });
  await page.unroute(WHOLE);
}

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error('a part is not drawn');
  return box;
}

/** Jobs in the order in which they run, each with the address of an incident. */
export const CLOSE_AND_CONFIRM: Readonly<Record<string, (page: Page, incident: string) => Promise<void>>> = {
  'closes with Escape what is open, and nothing else': closeOneThing,
  'confirms a move of many from its note': confirmFromTheNote,
  'gives a verdict by keys that are quicker than the incident': judgeBeforeItCame,
  'names the campaign of a drawn post with the post in view': askWithThePostInView,
};
