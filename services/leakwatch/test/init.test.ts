import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseWatchList } from '@leakwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMailServer } from '../../alerting/test/support/mail-server.ts';
import { openReceiver } from '../../alerting/test/support/receiver.ts';
import { askForChannels } from '../commands/init-channels.ts';
import { init } from '../commands/init.ts';
import { readSettingsFile } from '../read-settings-file.ts';
import { type Answers } from '../screen/answers.ts';
import { capture } from './support/capture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function answering(...lines: readonly string[]): Answers {
  const left = [...lines];
  const line = () => Promise.resolve(left.shift() ?? null);
  return { key: line, line, close: () => undefined };
}

const BEGUN = [
  'Orsavelle',
  'Autumn drop',
  'Quillon Ember, 霧雨',
  '2026-12-01T09:00Z',
  'https://ana.example/blog ben@social.example',
] as const;

it('writes a list and settings that leakwatch takes, for this user only', async () => {
  const { screen, lines } = capture();
  await init({ to: path.join(folder, 'new') }, screen, answering(...BEGUN, ''));
  const file = path.join(folder, 'new', 'list.yaml');
  const list = parseWatchList(await readFile(file, 'utf8'), 'list.yaml');
  expect(list.campaigns).toMatchObject([
    { id: 'autumn-drop', brand: 'Orsavelle', terms: [{ text: 'Quillon Ember' }, { text: '霧雨' }] },
  ]);
  expect(list.creators.map(({ accounts }) => accounts[0]?.platform)).toEqual(['feed', 'mastodon']);
  const settings = await readSettingsFile(path.join(folder, 'new', 'leakwatch.yaml'));
  expect([...settings.keys()]).toEqual(['LEAKWATCH_DATA_DIR', 'LEAKWATCH_WEBHOOK_SECRETS']);
  for (const name of ['list.yaml', 'leakwatch.yaml'])
    expect((await stat(path.join(folder, 'new', name))).mode & 0o777).toBe(0o600);
  expect(lines.at(-1)).toContain('leakwatch up --watchlist list.yaml');
});

it('tries the channel with a signed notice that settings and receiver agree on, or says that it failed', async () => {
  const receiver = await openReceiver();
  try {
    receiver.behave('refuse');
    const { screen, lines } = capture();
    await init({ to: folder }, screen, answering(...BEGUN, receiver.url));
    expect(receiver.requests).toHaveLength(1);
    expect(lines.join('\n')).toMatch(
      /did not take a test notice: .*503.*again: leakwatch notices test webhook/,
    );
  } finally {
    await receiver.close();
  }
});

it('sets up mail with its server, and tries it', async () => {
  const mail = await openMailServer();
  try {
    const { screen, lines } = capture();
    await init({ to: folder }, screen, answering(...BEGUN, 'desk@acme.example', mail.url, ''));
    expect(mail.recipients).toEqual([['desk@acme.example']]);
    expect(lines).toContain('email took a test notice');
    const settings = await readSettingsFile(path.join(folder, 'leakwatch.yaml'));
    expect(settings.get('LEAKWATCH_SMTP_URL')).toBe(mail.url);
    expect(settings.get('LEAKWATCH_EMAIL_FROM')).toBe('desk@acme.example');
  } finally {
    await mail.close();
  }
});

it('takes every kind of receiver, several at once, and each once', async () => {
  const ask = (answers: Answers) => async () => (await answers.line('')) ?? '';
  const channels = (...lines: readonly string[]) =>
    askForChannels(ask(answering(...lines)), capture().screen);
  const several =
    'https://hooks.slack.com/services/T/B/X pagerduty:R0UT1NG alertmanager:http://127.0.0.1:9093 https://acme.example/leaks';
  const { LEAKWATCH_ALERT_WEBHOOK_SECRET: secret, ...others } = await channels(several);
  expect(secret).toMatch(/^whsec_/);
  expect(others).toEqual({
    LEAKWATCH_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/X',
    LEAKWATCH_PAGERDUTY_ROUTING_KEY: 'R0UT1NG',
    LEAKWATCH_ALERTMANAGER_URL: 'http://127.0.0.1:9093',
    LEAKWATCH_ALERT_WEBHOOK_URL: 'https://acme.example/leaks',
  });
  await expect(channels('pagerduty:a pagerduty:b')).rejects.toThrow(
    'pagerduty:b: the channel has a receiver',
  );
  await expect(channels('desk@acme.example', 'mail.example', '')).rejects.toThrow(
    'LEAKWATCH_SMTP_URL: must be an smtp or smtps address',
  );
});

it('asks again for what is wrong, and keeps the answers before it', async () => {
  const { screen, lines } = capture();
  const wrong = [...BEGUN.slice(0, 3), 'soon', BEGUN[3], BEGUN[4], 'nowhere', ''];
  await init({ to: folder }, screen, answering(...wrong));
  const told = lines.join('\n');
  expect(told).toContain('soon is no date or instant');
  expect(told).toContain('nowhere is no http or https address');
  const list = parseWatchList(await readFile(path.join(folder, 'list.yaml'), 'utf8'), 'list.yaml');
  expect(list.campaigns[0]?.embargo?.liftsAt).toBe('2026-12-01T09:00:00.000Z');
  expect(list.creators).toHaveLength(2);
});

it('replaces nothing, and writes nothing if an answer is missing or wrong', async () => {
  const run = (...lines: readonly string[]) => init({ to: folder }, capture().screen, answering(...lines));
  await expect(run('Orsavelle')).rejects.toThrow('no answer to “Campaign:”; nothing was written');
  await expect(run(...BEGUN.slice(0, 3), 'soon')).rejects.toThrow('soon is no date');
  await expect(run(...BEGUN, 'nowhere')).rejects.toThrow('nowhere is no http or https address');
  await run(...BEGUN, '');
  await expect(run(...BEGUN, '')).rejects.toThrow('list.yaml is there already, and is not replaced');
});
