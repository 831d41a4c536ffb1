import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadReport, readStanding } from '@leakwatch/alerting/measure';
import { ReportSchema } from '@leakwatch/contracts';
import { readSettings } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { formatReport } from '../screen/report.ts';
import { type Screen } from '../screen/screen.ts';

/** The precision that a report tries to prove, as brands usually agree on. */
const TARGET = 0.8;

/** Shows how good the detection is, for people or as JSON. */
export async function showReport(
  options: { dataDir: string; since?: Date; until?: Date; campaign?: string; json: boolean },
  screen: Screen,
): Promise<void> {
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    const config = settings.alerting;
    const { pool } = environment.store;
    const { since = null, until = null, campaign = null } = options;
    const report = await loadReport(pool, {
      ...(await readStanding(pool, config)),
      scope: { since, until, campaignId: campaign },
      reviewers: config.reviewers,
      target: TARGET,
      at: new Date(),
    });
    if (options.json) screen.json(ReportSchema.parse(report));
    else screen.result(formatReport(report));
  } finally {
    await environment.stop();
  }
}
