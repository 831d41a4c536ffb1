import { statfs } from 'node:fs/promises';
import { type Metrics } from '@leakwatch/runtime';

/** Fills the gauges of the file systems that hold these folders. One that can't be asked has no gauge. */
export async function fillDiskGauges(
  metrics: Pick<Metrics, 'diskFree' | 'diskSize'>,
  folders: readonly string[],
): Promise<void> {
  await Promise.all(
    folders.map(async (disk) => {
      const found = await statfs(disk).catch(() => null);
      if (found === null) {
        metrics.diskFree.remove({ disk });
        metrics.diskSize.remove({ disk });
        return;
      }
      metrics.diskFree.set({ disk }, found.bavail * found.bsize);
      metrics.diskSize.set({ disk }, found.blocks * found.bsize);
    }),
  );
}
