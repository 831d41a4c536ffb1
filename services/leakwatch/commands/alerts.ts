import { listAlerts } from '@leakwatch/alerting/incidents';
import { TierSchema, type AlertState, type Severity } from '@leakwatch/contracts';
import { openEnvironment } from '../environment.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatQueue } from '../screen/alert-table.ts';
import { type Screen } from '../screen/screen.ts';

export interface AlertsOptions {
  readonly dataDir: string;
  readonly state?: AlertState;
  readonly severity?: Severity;
  readonly tier?: number;
  readonly assignee?: string;
  readonly overdue: boolean;
  readonly campaign?: string;
  readonly limit: number;
  readonly details: boolean;
  readonly json: boolean;
}

/** Shows the alerts, the least time left first: a table, or a JSON line for each. */
export async function showAlerts(options: AlertsOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment(options);
  const now = new Date();
  try {
    tellDataPlace(environment, screen);
    const alerts = await listAlerts(environment.store.pool, {
      order: 'deadline',
      limit: options.limit,
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.severity === undefined ? {} : { severity: options.severity }),
      ...(options.tier === undefined ? {} : { tier: TierSchema.parse(options.tier) }),
      ...(options.assignee === undefined ? {} : { assignee: options.assignee }),
      ...(options.campaign === undefined ? {} : { campaignId: options.campaign }),
      ...(options.overdue ? { overdueAt: now } : {}),
    });
    if (options.json) {
      for (const alert of alerts) screen.json(alert);
      return;
    }
    if (alerts.length === 0) {
      screen.note('no alerts');
      return;
    }
    screen.result(formatQueue(alerts, { now, details: options.details }));
    screen.note(
      `\n${alerts.length} shown · next: leakwatch alerts show|acknowledge|investigate ID · ` +
        'leakwatch verdict ID confirmed|false-positive|approved --reason "…"',
    );
  } finally {
    await environment.stop();
  }
}
