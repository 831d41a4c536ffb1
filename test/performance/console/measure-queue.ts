import { z } from 'zod';
import { openBrowser } from '../../console/support/open-browser.ts';

/** Steps of the scroll: each is most of a screen. */
const STEPS = 400;
const STEP_PX = 600;
const VIEWS = 5;

const TimesSchema = z.object({ first: z.array(z.number()), tasks: z.array(z.number()), rows: z.int() });

interface MeasuredQueue {
  /** The times to the first row, each of another view, in milliseconds. */
  readonly first: readonly number[];
  /** The durations of tasks over 50 ms while scrolling, in milliseconds. */
  readonly tasks: readonly number[];
  /** The rows that were scrolled over. */
  readonly rows: number;
  readonly steps: number;
}

/**
 * Measures how soon the queue shows its first row, and what tasks over 50 ms scrolling makes. The page loads more rows as it
 * goes, as for a person.
 */
export async function measureQueue(
  address: string,
  account: { readonly name: string; readonly password: string },
): Promise<MeasuredQueue> {
  const browser = await openBrowser(address);
  try {
    const { page } = await browser.open();
    // Signing in leads to the wanted page.
    await page.goto('/queue');
    await page.getByLabel('Name').fill(account.name);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.keyboard.press('Enter');
    const row = page.getByRole('listbox').getByRole('option').first();
    await row.waitFor();
    const first: number[] = [];
    for (let view = 0; view < VIEWS; view += 1) {
      const began = performance.now();
      await page.goto('/queue?state=all&order=newest', { waitUntil: 'commit' });
      await row.waitFor();
      first.push(performance.now() - began);
    }
    // The pane beside the list is shown before anybody scrolls.
    await page.waitForLoadState('networkidle');
    await page.evaluate(`
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask' });
    `);
    const box = `document.querySelector('[role="listbox"]')`;
    for (let step = 0; step < STEPS; step += 1) {
      await page.evaluate(`${box}.scrollBy(0, ${STEP_PX})`);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    }
    const tasks: unknown = await page.evaluate('window.longTasks');
    const rows: unknown = await page.evaluate(
      `Number([...${box}.querySelectorAll('[role="option"]')].at(-1)?.getAttribute('aria-posinset'))`,
    );
    return { ...TimesSchema.parse({ first, tasks, rows }), steps: STEPS };
  } finally {
    await browser.close();
  }
}
