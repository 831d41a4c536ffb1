import { trimTopic, type LogDatabase } from '@leakwatch/event-log/postgres';
import { createRescan, loadRescanConfig, loadRescanJob, scheduleSeconds } from '@leakwatch/rescan';
import { messageOf } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { fillRescanGauges } from '../gauges.ts';
import { type Part, type PartContext } from './part.ts';

/** @param tell - hears in a line what a re-scan has come to, without what it found; null: nobody does */
export async function startRescanPart(
  context: PartContext,
  tell: ((line: string) => void) | null,
): Promise<Part> {
  const { environment, metrics, logger } = context;
  // Where the log is Kafka these tables are empty: its topics' own settings say how long records are kept.
  const logDatabase: LogDatabase = {
    query: (text, values) => environment.store.pool.query(text, values),
    listen: (channel, onNotify) => environment.store.listen(channel, onNotify),
  };
  const config = loadRescanConfig(process.env);
  if (config.schedule !== null) metrics.rescanInterval.set(scheduleSeconds(config.schedule));
  const rescan = createRescan({
    ...context,
    store: environment.store,
    log: environment.log,
    trim: (topic, before) => trimTopic(logDatabase, topic, before),
    config,
    ...(tell === null
      ? {}
      : {
          onFinished: (jobIds) => {
            summarise(environment.store, jobIds, tell).catch((error: unknown) =>
              logger.warn({ error: messageOf(error) }, 'what a re-scan has come to could not be read'),
            );
          },
        }),
  });
  await rescan.start();
  return {
    name: 'rescan',
    stop: () => rescan.stop(),
    checks: [{ name: 'rescan', check: () => rescan.ready() }],
    fillGauges: () => fillRescanGauges(environment, metrics),
  };
}

/** One that has found nothing is no news. */
async function summarise(
  store: Pick<Store, 'pool'>,
  jobIds: readonly string[],
  tell: (line: string) => void,
): Promise<void> {
  for (const id of jobIds) {
    const found = (await loadRescanJob(store.pool, id))?.progress.findings;
    if (found === undefined || found.new + found.suppressed === 0) continue;
    tell(`re-scan ${id}  ${found.new} new findings in history  leakwatch rescan show ${id}`);
  }
}
