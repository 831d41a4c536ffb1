import { loadAlertingConfig } from '@leakwatch/alerting';
import { DeliveryError, sendTestNotice } from '@leakwatch/alerting/tell';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { TriedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';

/** Sends a test notice through a channel of the settings. No database is needed, and none hears of it. */
export async function testChannel(channel: string, screen: Screen): Promise<void> {
  const { alerting } = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  await sendTestNotice(alerting, channel, new Date()).catch((error: unknown) => {
    if (error instanceof DeliveryError)
      throw new UsageError(`${channel} did not take the notice: ${error.message}`);
    throw error;
  });
  const line = `${channel} took a test notice, about an alert 7e577e57 that there is not`;
  screen.outcome(TriedSchema, { channel, took: true }, line);
}
