import { findAlert, readTimeline, type TimelineEntry } from '@leakwatch/alerting/desk';
import { loadAlert } from '@leakwatch/alerting/incidents';
import { type Alert } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { describeDeadline } from '../screen/deadline.ts';
import { formatDuration, formatTable, printable } from '../screen/format.ts';
import { formatPosts } from '../screen/posts.ts';
import { type Screen } from '../screen/screen.ts';
import { typedHere } from '../typed.ts';
import { asUsageError } from './alert-error.ts';
import { savePictures } from './save-pictures.ts';

interface ShowOptions {
  readonly dataDir: string;
  readonly details: boolean;
  readonly json: boolean;
  /** A folder for the pictures. */
  readonly save?: string;
}

/**
 * Shows everything about an alert. The creator's name and the posts need `--details`, for output lives on in scroll-back
 * and logs.
 */
export function showAlert(id: string, options: ShowOptions, screen: Screen): Promise<void> {
  return withAlert(id, options, async (alertId, store) => {
    if (options.save !== undefined && !options.details) throw new UsageError('--save needs --details');
    const alert = await loadAlert(store.pool, alertId);
    if (alert === null) return;
    if (options.json) {
      screen.json(alert);
      return;
    }
    screen.result(formatTable(['alert', alert.id], describeAlert(alert, options.details)));
    if (!options.details) {
      screen.note('\n--details shows the creator, the posts, and what matched in them');
      return;
    }
    const { readPosts } = await import('@leakwatch/console/posts');
    const evidence = await readPosts(store.pool, alert, { campaign: undefined, hidden: null });
    const saved = options.save === undefined ? undefined : await savePictures(store, alert, options.save);
    for (const line of formatPosts({ ...evidence, saved })) screen.result(line);
    if (saved === undefined && evidence.pictureMatches.length > 0)
      screen.note(
        `\nto look at the pictures: ${typedHere(`alerts show ${alertId.slice(0, 8)} --details --save DIR`)}`,
      );
  });
}

/** Shows an incident's timeline, one line for each entry. */
export function showTimeline(id: string, options: ShowOptions, screen: Screen): Promise<void> {
  return withAlert(id, options, async (alertId, store) => {
    for (const entry of await readTimeline(store, alertId)) {
      if (options.json) screen.json(entry);
      else screen.result(lineOf(entry, options.details));
    }
  });
}

async function withAlert(
  id: string,
  { dataDir }: ShowOptions,
  show: (alertId: string, store: Store) => Promise<void>,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    const { id: whole } = await findAlert(environment.store, id);
    await show(whole, environment.store);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

/** @param details - adds the creator and the campaign */
export function describeAlert(alert: Alert, details: boolean): [string, string][] {
  return [...describe(alert), ...(details ? describeDetails(alert) : [])];
}

function describe(alert: Alert): [string, string][] {
  const deadline = describeDeadline(alert, new Date());
  const rows: [string, string | null][] = [
    ['state', alert.resolution === null ? alert.state : `${alert.state}, ${alert.resolution}`],
    ['time left', deadline === '' ? null : deadline],
    ['severity', `${alert.severity}: ${alert.severityReasons.join(', ')}`],
    ['priority', `${alert.priority} of 100`],
    ['tier', String(alert.tier)],
    ['rule', `${alert.ruleId} of ruleset ${alert.rulesetHash.slice(0, 12)}`],
    ['opened', `${alert.openedAt}, ${formatDuration(alert.detectionLatencyMs)} after its post`],
    [
      'acknowledged',
      alert.acknowledgedAt === null ? null : `${alert.acknowledgedAt} by ${alert.acknowledgedBy}`,
    ],
    ['assigned to', alert.assignee],
    ['snoozed until', alert.snoozedUntil],
    ['escalated', alert.escalationLevel === 0 ? null : `level ${alert.escalationLevel}`],
    ['happened again', alert.regressions === 0 ? null : `${alert.regressions} times after it was resolved`],
    ['duplicate of', alert.duplicateOf],
    ['occurrences', describeOccurrences(alert)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, printable(value, 400)]]));
}

function describeOccurrences({ occurrences }: Alert): string {
  const gone = occurrences.filter(({ removedAt }) => removedAt !== null).length;
  return gone === 0
    ? String(occurrences.length)
    : `${occurrences.length}, ${gone} of them gone from their posts`;
}

function describeDetails(alert: Alert): [string, string][] {
  return [
    ['creator', printable(alert.creatorId, 80)],
    ['campaign', `${printable(alert.campaignId, 80)}, episode ${alert.episode}`],
  ];
}

function lineOf({ at, what, by, note, details }: TimelineEntry, withDetails: boolean): string {
  const parts = [by === null ? '' : `by ${by}`, note, withDetails ? details : ''];
  const told = parts.filter((part) => part !== '').map((part) => printable(part, 300));
  return `${at.toISOString()}  ${what.padEnd(16)}  ${told.join('  ')}`.trimEnd();
}
