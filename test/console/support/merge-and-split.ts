import { type Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';

const StateSchema = z.looseObject({ resolution: z.string().nullable(), duplicateOf: z.string().nullable() });

/** Merges an incident into the creator's other one by a key, and takes it out again, as the page and the API show. */
export async function mergeAndSplit(page: Page, one: string, other: string): Promise<void> {
  const now = async () => {
    const answer = await page.request.get(`/v1/incidents/${one}`);
    return StateSchema.parse(await answer.json());
  };
  await page.goto(`/alerts/${one}`);
  await page.getByRole('toolbar').waitFor();
  await page.keyboard.press('m');
  const panel = page.getByRole('dialog', { name: 'Merge into' });
  const choice = panel.getByRole('button', { name: other.slice(0, 8) });
  await choice.waitFor();
  // Neither itself, nor one of another creator.
  expect(await panel.getByRole('listitem').count()).toBe(1);
  await page.keyboard.press('1');
  await page
    .getByRole('status')
    .getByText(/^Merged/)
    .waitFor();
  expect(await now()).toEqual(expect.objectContaining({ resolution: 'duplicate', duplicateOf: other }));

  await page.goto(`/alerts/${one}`);
  await page.getByText('Duplicate of').waitFor();
  await page.getByRole('button', { name: 'Split off' }).waitFor();
  await page.keyboard.press('u');
  await page.getByText('Duplicate of').waitFor({ state: 'detached' });
  expect(await now()).toEqual(expect.objectContaining({ resolution: null, duplicateOf: null }));
}
