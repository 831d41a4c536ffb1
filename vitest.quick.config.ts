import { defineConfig } from 'vitest/config';

/** Tests of packages that start a database, a broker or another process, or that change their process. */
export const PACKAGES_WITH_SERVERS = [
  'packages/store/**/*.test.ts',
  'packages/event-log/test/postgres/**/*.test.ts',
  'packages/event-log/test/kafka/{*,records/lineage}.test.ts',
  'packages/event-log/test/stage/start-stage.test.ts',
  'packages/image-matching/test/{image-engine,fuzzed-pictures}.test.ts',
];

/** Tests of services that start nothing. */
export const SERVICES_WITHOUT_SERVERS = [
  'services/console/web/**/*.test.ts',
  'services/ingest/test/{mock-source,normalise-post,check-post,drop-stale-posts}.test.ts',
  'services/matcher/test/without-media.test.ts',
  'services/alerting/test/incidents/severity.test.ts',
  'services/alerting/test/{desk/playbooks,measure/coverage,measure/sampling,measure/measure-times}.test.ts',
  'services/rescan/test/{jobs/plan-passes,jobs/schedule,passes/live-load,passes/pacer}.test.ts',
  'services/leakwatch/test/{status,report-screen,kafka-config}.test.ts',
];

/** The tests that start no database, broker, browser or other process. */
export const WITHOUT_SERVERS = {
  include: ['packages/**/*.test.ts', ...SERVICES_WITHOUT_SERVERS],
  exclude: ['**/node_modules/**', ...PACKAGES_WITH_SERVERS],
  // Files of one worker share their modules: the word tables take half a second to load.
  isolate: false,
};

/** `npm run test:quick` */
export default defineConfig({ test: { ...WITHOUT_SERVERS, testTimeout: 60_000, maxWorkers: 2 } });
