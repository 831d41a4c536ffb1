import { changeAlert, type AnalystMove } from '@leakwatch/alerting/desk';
import { type LivingAlert } from '@leakwatch/alerting/incidents';
import { openEnvironment } from '../environment.ts';
import { describeDeadline } from '../screen/deadline.ts';
import { printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

/** Makes an analyst's move, and prints the alert's new state. */
export async function moveOneAlert(
  id: string,
  move: AnalystMove,
  { dataDir, by, reason }: { dataDir: string; by: string; reason: string },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    const alert = await changeAlert(environment.store, { alertId: id, move, by, reason });
    screen.result(`alert ${alert.id.slice(0, 8)}: ${describeStanding(alert)}`);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

function describeStanding(alert: LivingAlert): string {
  if (alert.state === 'resolved') return `resolved, ${alert.resolution}`;
  const who = alert.assignee === null ? '' : `, ${printable(alert.assignee, 40)}’s`;
  if (alert.snoozedUntil !== null)
    return `${alert.state}${who}, snoozed until ${alert.snoozedUntil.toISOString()}`;
  return `${alert.state}${who}, ${describeDeadline(alert, new Date())}`;
}
