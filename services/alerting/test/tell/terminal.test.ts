import { AlertSchema, type AlertEvent } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { detection } from '../support/detections.ts';
import { createTerminalChannel } from '../../tell/channels/terminal.ts';

const alert = AlertSchema.parse({
  schemaVersion: 1,
  id: 'ab12'.repeat(16),
  creatorId: 'mara',
  campaignId: 'aurora',
  episode: 1,
  tier: 3,
  severity: 'high',
  state: 'open',
  ruleId: 'leaked-term',
  rulesetHash: '0'.repeat(64),
  openedAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  dueAt: '2026-11-20T10:00:00.000Z',
  detectionLatencyMs: 1,
  pipelineLatencyMs: 1,
  occurrences: [
    { detection: detection({ matched: 'se\u001b[2Jcr\net\u202e' }), removedAt: null, removedBy: null },
  ],
});
const event: AlertEvent = {
  schemaVersion: 1,
  id: 'cd34'.repeat(16),
  change: 'opened',
  at: '2026-11-20T09:00:00.000Z',
  alert,
};

async function lineOf(settings: Omit<Parameters<typeof createTerminalChannel>[0], 'write'>): Promise<string> {
  const lines: string[] = [];
  await createTerminalChannel({ ...settings, write: (line) => void lines.push(line) }).deliver(event);
  return lines.join('\n');
}

describe('the terminal', () => {
  it('says that there is an alert, and not whose', async () => {
    expect(await lineOf({ details: false })).toBe(
      '2026-11-20T09:00:00.000Z  HIGH      tier 3  alert ab12ab12  opened, act by 2026-11-20T10:00:00.000Z',
    );
  });

  it('shows the details where it may, without what would drive the terminal', async () => {
    const line = await lineOf({ details: true });
    expect(line).toContain('mara  aurora  term “se\u{FFFD}[2Jcr\u{FFFD}et\u{FFFD}” (case)');
  });

  it('says of an escalation to which level it has come, and who is called', async () => {
    const lines: string[] = [];
    const escalated = { ...event, change: 'escalated', alert: { ...alert, escalationLevel: 2 } } as const;
    const whoIsCalled = (tier: number, level: number) => (tier === 3 && level === 2 ? 'on-call' : null);
    const settings = { write: (line: string) => void lines.push(line), details: false };
    await createTerminalChannel({ ...settings, whoIsCalled }).deliver(escalated);
    await createTerminalChannel(settings).deliver(escalated);
    expect(lines).toEqual([
      '2026-11-20T09:00:00.000Z  HIGH      tier 3  alert ab12ab12  escalated to level 2, on-call',
      '2026-11-20T09:00:00.000Z  HIGH      tier 3  alert ab12ab12  escalated to level 2',
    ]);
  });

  it('takes a form of its own', async () => {
    expect(await lineOf({ details: true, format: ({ change }, details) => `${change} ${details}` })).toBe(
      'opened true',
    );
  });
});
