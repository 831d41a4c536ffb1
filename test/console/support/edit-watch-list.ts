import path from 'node:path';
import { type Page } from 'playwright-core';
import { expect } from 'vitest';

const IMAGES = path.resolve(import.meta.dirname, '../../../fixtures/images');
const CAPTION = 'who has seen the Vellum Harbor teaser?';

/** Edits the watch list as a lead does, from the first letter to the way back. */
export async function editWatchList(page: Page): Promise<void> {
  await page.goto('/watch-list');
  await page.getByRole('link', { name: 'Edit the watch list' }).click();
  await page.getByRole('button', { name: 'Strider handheld' }).click();

  await page.getByRole('button', { name: 'Add a term' }).focus();
  await page.keyboard.press('Enter');
  // The new row has the cursor.
  await page.keyboard.type('Vellum Harbor');
  const changes = page.getByRole('list', { name: 'Changes' });
  await changes.getByText('New term Vellum Harbor').waitFor();

  const upload = page.getByLabel('Upload a picture');
  await upload.setInputFiles({
    name: 'notes.png',
    mimeType: 'image/png',
    buffer: Buffer.from('these are notes'),
  });
  await page
    .getByRole('alert')
    .getByText(/no picture that can be read/)
    .waitFor();
  await upload.setInputFiles(path.join(IMAGES, 'assets/dandelion-key-visual.jpg'));
  await page.getByText(/Found when compressed hard/).waitFor();
  await page.getByRole('img', { name: 'Registered picture dandelion-key-visual.jpg' }).waitFor();
  await changes.getByText('New picture dandelion-key-visual.jpg').waitFor();
  const cleared = page.getByLabel('Public picture (cleared)').last();
  await cleared.check();
  await page.getByText('Never reported; what a post shares with it is no leak.').waitFor();
  await cleared.uncheck();
  await page.getByText(/Found when compressed hard/).waitFor();

  await page.getByLabel('Caption to try').fill(CAPTION);
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await page.getByText('Found: Strider handheld (1)').waitFor();
  await page
    .getByLabel('Choose a picture, or drop one here')
    .setInputFiles(path.join(IMAGES, 'posts/dandelion-screenshot.jpg'));
  await page.getByText(/dandelion-key-visual\.jpg · Strider handheld/).waitFor();

  await page.getByLabel('CSV file of creators and their accounts').setInputFiles({
    name: 'roster.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id,name,platform,handle,reach\nnova,Nova Lee,x,nova,12k\nkit,Kit Rao,x,kit,900\n'),
  });
  await page.getByLabel('Field of the column reach').selectOption('followers');
  await page.getByRole('cell', { name: 'E (reach)' }).waitFor();
  await page.getByRole('button', { name: 'Take 1 creator into the draft' }).click();
  await changes.getByText('New creator Kit Rao').waitFor();

  await page.getByLabel('Note').fill('second wave');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText(/Saved as version 2/).waitFor();
  await page.getByText('The draft changes nothing yet.').waitFor();

  await page.getByRole('link', { name: 'Back to the watch list' }).click();
  await page.getByText(/second wave/).waitFor();
  await page.getByRole('button', { name: 'What version 2 changed' }).click();
  await changes.getByText('New term Vellum Harbor').waitFor();
  await page.getByRole('button', { name: 'Go back to version 1' }).click();
  await changes.getByText('Removed term Vellum Harbor').waitFor();
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText(/Saved as version 3/).waitFor();
  expect(new URL(page.url()).search).toBe('');
}
