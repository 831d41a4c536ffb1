import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; undefined if it has none. Debian's package is `chromium`. */
export const CHROMIUM = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find(
  (place) => place !== '' && existsSync(place),
);

/** Long enough for a busy machine, and short enough that a test says which step failed. */
const PATIENCE_MS = 60_000;

/** A browser, and everything that its pages complain about: refused styles, failed requests, errors. */
export interface TestBrowser {
  readonly complaints: readonly string[];
  open(options?: { readonly dark?: boolean; readonly width?: number }): Promise<OpenedPage>;
  readonly close: () => Promise<void>;
}

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
}

export async function openBrowser(address: string): Promise<TestBrowser> {
  // Root has no sandbox of its own in a container.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args });
  const complaints: string[] = [];
  return {
    complaints,
    open: async ({ dark = false, width = 1440 } = {}) => {
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        timezoneId: 'Asia/Tokyo',
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message.text())) complaints.push(message.text());
      });
      return { page, context };
    },
    close: () => browser.close(),
  };
}

/**
 * A browser logs each refusal by itself: 401 belongs to signing in, 409 to a stale move, 422 to a file that is no picture,
 * 400 to broken rules, and a lost connection to a wire that is cut.
 */
function isExpected(text: string): boolean {
  return /status of (400|401|409|422)|ERR_(CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_CHUNKED)/.test(text);
}
