import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { openTestStore } from '@leakwatch/store/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { createHost } from '../host.ts';

const HOUR_MS = 3_600_000;

it.each([2 * HOUR_MS, -2 * HOUR_MS])(
  'services go by the time before when the machine’s clock jumps by %s ms, and the log says so',
  async (jump) => {
    const store = await openTestStore();
    onTestFinished(() => store.drop());
    const config = loadEnvironmentConfig({ DATABASE_URL: store.connectionString });
    const environment = await openEnvironment({ dataDir: '', config });
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const logger = silentLogger();
    const said = vi.spyOn(logger, 'error');
    const host = createHost({ environment, metrics: createMetrics(), logger, address: '127.0.0.1' });
    onTestFinished(() => host.stop());

    const before = host.context.clock().getTime();
    vi.setSystemTime(before + jump);
    // Real time goes on: far less of it than the jump.
    expect(Math.abs(host.context.clock().getTime() - before)).toBeLessThan(HOUR_MS);
    expect(said.mock.calls).toMatchObject([
      [{}, 'the clock of the machine has jumped; deadlines go by the time before, for ten minutes'],
    ]);
  },
);
