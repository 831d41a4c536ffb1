import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@leakwatch/store';
import { openOlderTestStore } from '@leakwatch/store/testing';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  checkDisks,
  checkEmbedded,
  checkNode,
  checkPorts,
  checkSecretFiles,
} from '../doctor/check-machine.ts';
import { checkReach } from '../doctor/check-reach.ts';
import { checkSettings, checkWishes } from '../doctor/check-settings.ts';
import { wrong } from '../doctor/finding.ts';
import { formatFindings } from '../screen/findings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-doctor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('tells a Node that is too old', () => {
  expect(['20.18.1', '20.19.0', '24.0.0'].map((version) => checkNode(version).state)).toEqual([
    'wrong',
    'well',
    'well',
  ]);
});

it('tells a data folder that is not made yet, and one that cannot be', async () => {
  const [binaries, fresh] = await checkEmbedded(path.join(folder, 'a', '.data'));
  expect([binaries?.state, fresh?.state, fresh?.todo]).toEqual(['well', 'open', 'leakwatch up makes it']);
  const [disk] = await checkDisks([path.join(folder, 'a')]);
  expect(disk?.says).toMatch(/GiB free, \d+ %/);
});

it('tells a port in use by something else, with the setting for another', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const one = { of: 'the console', host: '127.0.0.1', port, chosenBy: 'LEAKWATCH_CONSOLE_PORT' };
  const [taken] = await checkPorts([one]);
  expect(taken?.state).toBe('wrong');
  expect(taken?.says).toContain('LEAKWATCH_CONSOLE_PORT');
  server.close();
  await once(server, 'close');
  expect(await checkPorts([one])).toMatchObject([{ state: 'well' }]);
});

it('tells a secret that others may read, and one that is not there', async () => {
  const file = path.join(folder, 'key');
  await writeFile(file, 'secret', { mode: 0o600 });
  expect((await checkSecretFiles([['LEAKWATCH_MASTER_KEY_FILE', file]])).map(({ state }) => state)).toEqual([
    'well',
  ]);
  await chmod(file, 0o644);
  expect(await checkSecretFiles([['LEAKWATCH_MASTER_KEY_FILE', file]])).toMatchObject([
    { state: 'wrong', todo: `chmod 600 ${file}` },
  ]);
  expect(await checkSecretFiles([['LEAKWATCH_TOKEN_FILE', path.join(folder, 'none')]])).toMatchObject([
    { state: 'wrong' },
  ]);
});

it('tells every wrong setting, and what is not set up, without a secret', () => {
  const { settings, findings } = checkSettings({
    LEAKWATCH_OPS_PORT: 'x',
    LEAKWATCH_WEBHOOK_SECRT: 'hunter2',
  });
  expect(settings).toBeNull();
  expect(findings.map(({ says }) => says)).toEqual([
    expect.stringContaining('LEAKWATCH_WEBHOOK_SECRETS'),
    expect.stringContaining('LEAKWATCH_OPS_PORT'),
  ]);
  const all = checkSettings({ LEAKWATCH_WEBHOOK_UNSIGNED: '1' });
  expect(checkWishes(all.settings!).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'webhook wrong',
    'channels open',
    'encryption open',
  ]);
});

it('tells a database without the tables of this version, and leaves it as it is', async () => {
  const store = await openOlderTestStore(38);
  onTestFinished(() => store.drop());
  const look = async () => {
    const { settings } = checkSettings({ DATABASE_URL: store.connectionString });
    const { environment, ingest } = settings!;
    const findings = await checkReach(folder, environment, ingest.polls);
    return Object.fromEntries(findings.map(({ name, state }) => [name, state]));
  };
  const before = { database: 'well', tables: 'open', clock: 'well' };
  expect([await look(), await look()]).toEqual([before, before]);
  await migrate(store.pool);
  expect(await look()).toMatchObject({ database: 'well', tables: 'well', log: 'well', platforms: 'open' });
});

it('shows what to do below each finding, and how many are wrong', () => {
  const shown = formatFindings([checkNode(), wrong('clock', 'it is late', 'set it')]);
  expect(shown).toContain('set it');
  expect(shown).toContain('1 thing is wrong');
});
