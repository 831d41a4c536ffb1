import { hashId, type Alert, type AlertEvent } from '@leakwatch/contracts';
import { messageOf, UsageError, withDeadline } from '@leakwatch/runtime';
import { DeliveryError } from './channels/channel.ts';
import { type ChannelSettings } from './channels/channel-settings.ts';
import { createChannels, planChannels, type NoticeContent } from './channels/create-channels.ts';
import { TEST_ALERT_ID } from './channels/notice.ts';

/** They keep an incident of their own open until it is resolved. */
const KEEPING: readonly string[] = ['pagerduty', 'alertmanager'];

const MINUTE_MS = 60_000;

/**
 * Sends a notice of an alert that there is not through one channel, marked as a test, and ends it where the receiver keeps it.
 *
 * @throws UsageError if no such channel is set up; DeliveryError if it did not arrive
 */
export async function sendTestNotice(
  settings: ChannelSettings & NoticeContent,
  name: string,
  at: Date,
): Promise<void> {
  const plans = planChannels(settings);
  const [channel] = createChannels(
    settings,
    plans.filter((plan) => plan.name === name),
    { terminal: null, whoIsCalled: () => null, details: () => ({}) },
  );
  if (channel === undefined) {
    const known = plans.map((plan) => plan.name);
    const those = known.length === 0 ? 'no channel is' : `those that are: ${known.join(', ')}`;
    throw new UsageError(
      `the channel ${name} is not set up; ${those}. docs/operate/channels.md lists the settings`,
    );
  }
  const alert = testAlert(at);
  const tell = (event: AlertEvent) =>
    withDeadline(channel.deliver(event), channel.timeoutMs).catch((error: unknown) => {
      throw error instanceof DeliveryError ? error : new DeliveryError(messageOf(error), error);
    });
  await tell(eventOf('opened', alert));
  if (!KEEPING.includes(channel.name)) return;
  const resolved = {
    ...alert,
    state: 'resolved',
    resolution: 'false-positive',
    resolvedAt: alert.openedAt,
  } as const;
  await tell(eventOf('verdict-given', resolved));
}

function eventOf(change: AlertEvent['change'], alert: Alert): AlertEvent {
  return {
    schemaVersion: 1,
    id: hashId('test-notice', alert.openedAt, change),
    change,
    at: alert.openedAt,
    alert,
  };
}

function testAlert(at: Date): Alert {
  const instant = at.toISOString();
  return {
    schemaVersion: 1,
    id: TEST_ALERT_ID,
    creatorId: 'test',
    campaignId: 'test',
    episode: 1,
    tier: 1,
    severity: 'low',
    state: 'open',
    ruleId: 'test',
    rulesetHash: TEST_ALERT_ID,
    openedAt: instant,
    updatedAt: instant,
    dueAt: new Date(at.getTime() + 60 * MINUTE_MS).toISOString(),
    resolveDueAt: null,
    resolution: null,
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    assignee: null,
    escalationLevel: 0,
    duplicateOf: null,
    reopenedAt: null,
    regressions: 0,
    severityReasons: [],
    priority: 0,
    violation: null,
    correctedAt: null,
    detectionLatencyMs: 0,
    pipelineLatencyMs: 0,
    occurrences: [],
  };
}
