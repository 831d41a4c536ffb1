import { changeRescan as change, openJobQueue, RescanError, type RescanChange } from '@leakwatch/rescan';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { RescanChangedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';

const DONE: Record<RescanChange, string> = { pause: 'pauses', resume: 'goes on', cancel: 'is cancelled' };

/** Pauses, resumes or cancels a re-scan. */
export async function changeRescan(
  id: string,
  what: RescanChange,
  options: { dataDir: string },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment(options);
  const { store } = environment;
  const queue = await openJobQueue(store, { onError: (error) => screen.problem(error.message) });
  try {
    const changed = await change(store, queue, id, what, new Date());
    for (const job of changed) {
      screen.outcome(RescanChangedSchema, { id: job, change: what }, `re-scan ${job} ${DONE[what]}`);
    }
  } catch (error) {
    throw error instanceof RescanError ? new UsageError(error.message) : error;
  } finally {
    await queue.stop();
    await environment.stop();
  }
}
