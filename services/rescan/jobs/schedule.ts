import { messageOf } from '@leakwatch/runtime';
import cronParser from 'cron-parser';

/** The mistake in a cron expression of five fields, or in its time zone; null if there is none. */
export function checkCron(cron: string, timeZone: string): string | null {
  if (!isTimeZone(timeZone)) return `there is no time zone \`${timeZone}\` (they look like Europe/Paris)`;
  if (cron.trim().split(/\s+/).length !== 5) {
    return `\`${cron}\` is no cron expression: it takes five fields, like 0 3 * * * for three at night`;
  }
  try {
    cronParser.parseExpression(cron, { tz: timeZone }).next();
    return null;
  } catch (error) {
    return `\`${cron}\` is no cron expression: ${messageOf(error)}`;
  }
}

/** Seconds between the next two times of a schedule that {@link checkCron} accepts. */
export function scheduleSeconds({ cron, timeZone }: { cron: string; timeZone: string }): number {
  const times = cronParser.parseExpression(cron, { tz: timeZone });
  const first = times.next().getTime();
  return (times.next().getTime() - first) / 1000;
}

/** The next time of a schedule that {@link checkCron} accepts. */
export function nextTime({ cron, timeZone }: { cron: string; timeZone: string }, after: Date): Date {
  return cronParser.parseExpression(cron, { tz: timeZone, currentDate: after }).next().toDate();
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
