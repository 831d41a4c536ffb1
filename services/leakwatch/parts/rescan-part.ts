import { trimTopic, type LogDatabase } from '@leakwatch/event-log/postgres';
import { createRescan, loadRescanConfig } from '@leakwatch/rescan';
import { fillRescanGauges } from '../gauges.ts';
import { type Part, type PartContext } from './part.ts';

export async function startRescanPart(context: PartContext): Promise<Part> {
  const { environment, metrics } = context;
  // Where the log is Kafka these tables are empty: its topics' own settings say how long records are kept.
  const logDatabase: LogDatabase = {
    query: (text, values) => environment.store.pool.query(text, values),
    listen: (channel, onNotify) => environment.store.listen(channel, onNotify),
  };
  const rescan = createRescan({
    ...context,
    store: environment.store,
    log: environment.log,
    trim: (topic, before) => trimTopic(logDatabase, topic, before),
    config: loadRescanConfig(process.env),
  });
  await rescan.start();
  return {
    name: 'rescan',
    stop: () => rescan.stop(),
    checks: [{ name: 'rescan', check: () => rescan.ready() }],
    fillGauges: () => fillRescanGauges(environment, metrics),
  };
}
