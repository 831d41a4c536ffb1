import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics, startHeartbeat } from '../index.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('beats while there is nothing to do, stands still while work hangs, and beats when it is through', async () => {
  const metrics = createMetrics({ processMetrics: false });
  const startedAt = Date.now() / 1000;
  const sinceStart = async () => ((await metrics.heartbeat.get()).values[0]?.value ?? NaN) - startedAt;
  const heartbeat = startHeartbeat(metrics, 'matcher-text');
  expect(await sinceStart()).toBe(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await sinceStart()).toBe(20);

  let finish: () => void = () => undefined;
  const work = heartbeat.during(() => new Promise<void>((resolve) => (finish = resolve)));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await sinceStart()).toBe(20);
  finish();
  await work;
  expect(await sinceStart()).toBe(80);

  await expect(heartbeat.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await heartbeat.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await sinceStart()).toBe(80);
});
