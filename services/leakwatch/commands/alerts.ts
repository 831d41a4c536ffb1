import { type Severity } from '@leakwatch/contracts';
import { listAlerts } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { formatAlerts } from '../screen/alert-table.ts';
import { type Screen } from '../screen/screen.ts';

export interface AlertsOptions {
  readonly dataDir: string;
  readonly state?: 'open' | 'resolved';
  readonly severity?: Severity;
  readonly campaign?: string;
  readonly limit: number;
  readonly json: boolean;
}

/** Shows the alerts, newest first: a table, or a JSON line each. */
export async function showAlerts(options: AlertsOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    const alerts = await listAlerts(environment.store.pool, {
      limit: options.limit,
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.severity === undefined ? {} : { severity: options.severity }),
      ...(options.campaign === undefined ? {} : { campaignId: options.campaign }),
    });
    if (options.json) {
      for (const alert of alerts) screen.result(JSON.stringify(alert));
      return;
    }
    if (alerts.length === 0) {
      screen.note('no alerts');
      return;
    }
    screen.result(formatAlerts(alerts));
    screen.note(
      `\n${alerts.length} shown · verdict: leakwatch verdict ID confirmed|false-positive|approved --reason "…"`,
    );
  } finally {
    await environment.stop();
  }
}
