import { defineConfig } from 'vitest/config';
import { PACKAGES_WITH_SERVERS, SERVICES_WITHOUT_SERVERS, WITHOUT_SERVERS } from './vitest.quick.config.ts';

const WITH_SERVERS = [...PACKAGES_WITH_SERVERS, 'test/**/*.test.ts', 'infra/**/*.test.ts'];
const NEVER = ['**/node_modules/**', '**/dist/**'];
const DELIVERY = 'test/delivery/**/*.test.ts';
const COMMAND = 'test/{acceptance,observability,simulation}/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'without servers', ...WITHOUT_SERVERS } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: WITH_SERVERS,
          exclude: [...NEVER, DELIVERY, COMMAND],
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: ['services/**/*.test.ts'],
          exclude: [...NEVER, ...SERVICES_WITHOUT_SERVERS],
          // Files of one worker share their modules: to load a service takes seconds.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'command',
          include: [COMMAND],
          exclude: NEVER,
          globalSetup: 'test/harness/bundle-leakwatch.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'delivery',
          include: [DELIVERY],
          exclude: NEVER,
          globalSetup: 'test/delivery/harness/set-up.ts',
          testTimeout: 400_000,
        },
      },
    ],
    // Real servers and real signals: a generous bound that only a hang reaches.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than CI has cores: most tests wait for servers much of their time.
    maxWorkers: 3,
  },
});
