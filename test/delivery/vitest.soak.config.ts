import { defineConfig } from 'vitest/config';

// Set-up runs outside the tests' own environment.
process.env['SOAK'] = '1';

/** `npm run test:soak`: tests that take too long for every run, and tests that go further here than in every run. */
export default defineConfig({
  test: {
    include: [
      'test/**/*.soak.ts',
      // The rows that need no network of their own, on three brokers with TLS, SCRAM and ACLs.
      'test/delivery/{kill-nine,clean-stop,zombie}.test.ts',
      'packages/event-log/test/kafka/quotas.soak.ts',
      'packages/image-matching/test/fuzzed-pictures.test.ts',
      'services/rescan/test/rescan-on-kafka.test.ts',
      'test/acceptance/kill-nine.test.ts',
    ],
    globalSetup: ['test/delivery/harness/set-up.ts', 'test/harness/bundle-leakwatch.ts'],
    env: { SOAK: '1' },
    testTimeout: 24 * 3_600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
