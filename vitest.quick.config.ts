import { defineConfig } from 'vitest/config';

/**
 * `npm run test:quick`: the tests that start no database, broker, browser or other process. It takes nearly all tests of the
 * packages, and from the services the files named here.
 */
export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'services/console/web/**/*.test.ts',
      'services/ingest/test/{mock-source,normalise-post,check-post,drop-stale-posts}.test.ts',
      'packages/runtime/test/public-address.test.ts',
      'services/matcher/test/without-media.test.ts',
      'services/alerting/test/incidents/severity.test.ts',
      'services/alerting/test/{desk/playbooks,measure/coverage,measure/sampling,measure/measure-times}.test.ts',
      'services/rescan/test/{jobs/plan-passes,jobs/schedule,passes/live-load,passes/pacer}.test.ts',
      'services/leakwatch/test/{status,report-screen,kafka-config}.test.ts',
    ],
    exclude: [
      '**/node_modules/**',
      'packages/store/**',
      'packages/event-log/test/postgres/**',
      'packages/event-log/test/kafka/*.test.ts',
      'packages/event-log/test/stage/start-stage.test.ts',
      'packages/image-matching/test/{image-engine,fuzzed-pictures}.test.ts',
    ],
    testTimeout: 60_000,
    maxWorkers: 2,
    // Files of one worker share their modules: the word tables take half a second to load.
    isolate: false,
  },
});
