import { defineConfig } from 'vitest/config';

/** `npm run test:soak`: tests that take too long for every run. */
export default defineConfig({
  test: {
    include: ['test/delivery/**/*.soak.ts'],
    globalSetup: 'test/delivery/harness/set-up.ts',
    testTimeout: 24 * 3_600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
