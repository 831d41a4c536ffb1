import { afterEach, expect, it } from 'vitest';
import { loadAlertingConfig } from '../../config.ts';
import { sendTestNotice } from '../../tell/test-notice.ts';
import { openPagerDuty, ROUTING_KEY } from '../support/pagerduty.ts';
import { openReceiver, SECRET } from '../support/receiver.ts';

const AT = new Date('2026-11-20T09:00:00.000Z');
const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

it('a test notice says that it is one, and is signed like every other', async () => {
  const receiver = await openReceiver();
  closing.push(receiver);
  const settings = loadAlertingConfig({
    LEAKWATCH_ALERT_WEBHOOK_URL: receiver.url,
    LEAKWATCH_ALERT_WEBHOOK_SECRET: SECRET,
  });
  await sendTestNotice(settings, 'webhook', AT);
  expect(receiver.accepted.map(({ notice }) => notice)).toMatchObject([
    { type: 'alert.opened', data: { test: 'nothing has leaked', severity: 'low' } },
  ]);
  receiver.behave('refuse');
  await expect(sendTestNotice(settings, 'webhook', AT)).rejects.toThrow(/503/);
});

it('a receiver that keeps incidents has none open afterwards', async () => {
  const receiver = await openPagerDuty();
  closing.push(receiver);
  const settings = loadAlertingConfig({
    LEAKWATCH_PAGERDUTY_URL: receiver.url,
    LEAKWATCH_PAGERDUTY_ROUTING_KEY: ROUTING_KEY,
  });
  await sendTestNotice(settings, 'pagerduty', AT);
  expect(receiver.calls()).toHaveLength(1);
  expect(Object.values(receiver.incidents())).toEqual(['resolved']);
});

it('a channel that is not set up is told with those that are', async () => {
  await expect(sendTestNotice(loadAlertingConfig({}), 'slack', AT)).rejects.toThrow(
    'the channel slack is not set up; no channel is',
  );
});
