import { userInfo } from 'node:os';
import { loadAlerts } from '@leakwatch/alerting/incidents';
import { findIncidents } from '@leakwatch/console/queue';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { openEnvironment } from '../environment.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatQueue } from '../screen/alert-table.ts';
import { describeRange } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { checkNames } from './known-names.ts';
import { tellWhatNext } from '../screen/what-next.ts';
import { typedHere } from '../typed.ts';

export interface AlertsOptions {
  readonly dataDir: string;
  readonly filter: QueueFilter | null;
  readonly sort: 'time-left' | 'priority' | 'newest';
  readonly limit: number;
  readonly page: number;
  readonly details: boolean;
  readonly json: boolean;
}

/** Shows a page of the alerts: a table, or a JSON line for each. */
export async function showAlerts(options: AlertsOptions, screen: Screen): Promise<void> {
  const { sort, limit, page } = options;
  const environment = await openEnvironment(options);
  const { store } = environment;
  const now = new Date();
  try {
    tellDataPlace(environment, screen);
    const filter = options.filter ?? {};
    await checkNames(store.pool, filter, screen);
    const { ids, total } = await findIncidents(store, {
      filter: { ...filter, state: filter.state ?? ['all'] },
      order: sort,
      limit,
      page,
      at: now,
      me: userInfo().username,
    });
    const alerts = await loadAlerts(store.pool, ids);
    if (options.json) {
      for (const alert of alerts) screen.json(alert);
      return;
    }
    if (alerts.length === 0) {
      screen.note(total === 0 ? 'no alerts' : `no page ${page}: ${total} alerts match`);
      return;
    }
    screen.result(formatQueue(alerts, { now, details: options.details }));
    screen.note(`\n${describeRange(alerts.length, total, (page - 1) * limit)}`);
    if (alerts[0] !== undefined) tellWhatNext(alerts[0].id, screen);
    screen.note(`  ${typedHere('alerts next')}   (one a screen, one key each)`);
  } finally {
    await environment.stop();
  }
}
