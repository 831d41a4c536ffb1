import { defineConfig } from 'vitest/config';
import { z } from 'zod';

/** Only the tests named by `npm run mutants`: none of them starts a server. */
const tests = z.array(z.string()).parse(JSON.parse(process.env['MUTANTS_TESTS'] ?? '[]'));

export default defineConfig({
  test: { include: tests, exclude: ['**/node_modules/**', '**/dist/**'], testTimeout: 60_000 },
});
