import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseWatchList } from '@leakwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReceiver } from '../../alerting/test/support/receiver.ts';
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

it('replaces nothing, and writes nothing if an answer is missing or wrong', async () => {
  const run = (...lines: readonly string[]) => init({ to: folder }, capture().screen, answering(...lines));
  await expect(run('Orsavelle')).rejects.toThrow('no answer to “Campaign:”; nothing was written');
  await expect(run(...BEGUN.slice(0, 3), 'soon')).rejects.toThrow('soon is no date');
  await expect(run(...BEGUN, 'not an address')).rejects.toThrow('is no http or https address');
  await run(...BEGUN, '');
  await expect(run(...BEGUN, '')).rejects.toThrow('list.yaml is there already, and is not replaced');
});
