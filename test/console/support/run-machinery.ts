import { type Page } from 'playwright-core';

/** Does what a lead does on the pages of re-scans, silences and rules. */
export async function runMachinery(page: Page): Promise<void> {
  await page.goto('/rescans');
  await page.getByLabel('Campaign').selectOption('strider');
  await page.getByLabel('Only report, raise no alert').check();
  await page.getByRole('button', { name: 'Estimate' }).click();
  await page.getByText(/fingerprints? to read/).waitFor();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText(/waits for a worker/).waitFor();
  await page
    .getByRole('button', { name: /^Results/ })
    .first()
    .click();
  await page.getByText(/\d+ examined/).waitFor();

  await page.goto('/rules');
  await page.getByRole('combobox', { name: /^Campaign/ }).selectOption('strider');
  await page.getByLabel('Reason').fill('the brand posts itself');
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  const end = page.getByRole('button', { name: /^End silence/ });
  await end.click();
  await page.getByText('Nothing is silenced.').waitFor();
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText(/detections? replayed/).waitFor();
  await page.getByLabel('Ruleset to try').fill('version: 1\nrulez: []\n');
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText(/Unrecognized key: "rulez"/).waitFor();

  await page.reload();
  const rules = page.getByLabel('Ruleset to try');
  await rules.fill(
    (await rules.inputValue()).replace('confidenceThreshold: 0.35', 'confidenceThreshold: 0.32'),
  );
  await page.getByLabel('Why they should change').fill('fewer doubtful alerts');
  await page.getByRole('button', { name: 'Propose these rules' }).click();
  await page.getByText('+ confidenceThreshold: 0.32').waitFor();
  await page.getByRole('button', { name: 'Withdraw my change' }).click();
  await page.getByRole('button', { name: 'Propose these rules' }).waitFor();

  const routes = page.getByLabel('Routes to try');
  await routes.fill('routes:\n  - name: quiet\n    channels: [pigeon]\n');
  await page.getByRole('button', { name: 'Try the routes' }).click();
  await page.getByText(/the channel `pigeon` is not set up: there are webhook/).waitFor();
  await routes.fill('routes:\n  - name: quiet\n    channels: []\n');
  await page.getByRole('button', { name: 'Try the routes' }).click();
  await page.getByText(/webhook: \d+ notices? before, 0 after/).waitFor();
  await page.getByLabel('Why the routes should change').fill('nobody is on call');
  await page.getByRole('button', { name: 'Propose these routes' }).click();
  await page.getByText('+ - name: quiet').waitFor();
  await page.getByRole('button', { name: 'Withdraw my change' }).click();
  await page.getByRole('button', { name: 'Propose these routes' }).waitFor();
}
