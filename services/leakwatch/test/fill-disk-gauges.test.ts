import { createMetrics } from '@leakwatch/runtime';
import { expect, it } from 'vitest';
import { fillDiskGauges } from '../fill-disk-gauges.ts';

it('tells the room of each disk by its folder, and nothing of one that is not there', async () => {
  const metrics = createMetrics({ processMetrics: false });
  await fillDiskGauges(metrics, [import.meta.dirname, '/not/there']);
  const [free, size] = await Promise.all([metrics.diskFree.get(), metrics.diskSize.get()]);
  expect(free.values.map(({ labels }) => labels.disk)).toEqual([import.meta.dirname]);
  expect(size.values[0]?.value).toBeGreaterThan(0);
  expect(free.values[0]?.value).toBeLessThanOrEqual(size.values[0]?.value ?? 0);
});
