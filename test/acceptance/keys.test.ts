/** The keys' commands, one after the other, and what they leave in the audit log. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openTestStore } from '@leakwatch/store/testing';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { startService, stopServices } from '../harness/service-processes.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `campaigns:
  - id: launch
    name: Launch
    terms: [{ id: name, text: Quillon Ember }]
`;
const LineSchema = z.object({ actor: z.string(), action: z.string(), subject: z.string() });

it('each change of keys is in the audit log with who made it; decrypting needs all processes to have ended', async () => {
  const store = await openTestStore();
  onTestFinished(() => store.drop());
  const folder = await temporaryFolder();
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  const first = await file('first.key', randomBytes(32).toString('base64'));
  const second = await file('second.key', randomBytes(32).toString('base64'));
  const list = await file('list.yaml', WATCH_LIST);
  const run = (key: string | null, ...args: string[]) =>
    runLeakwatch(args, {
      env: {
        DATABASE_URL: store.connectionString,
        ...(key === null ? {} : { LEAKWATCH_MASTER_KEY_FILE: key }),
      },
    });

  expect(await run(first, 'watchlist', 'import', list)).toMatchObject({ code: 0 });
  expect(await run(first, 'keys', 'rewrite', '--by', 'ines')).toMatchObject({ code: 0 });
  expect(await run(first, 'keys', 'change-master', '--new-key-file', second, '--by', 'ines')).toMatchObject({
    code: 0,
  });
  expect((await run(null, 'alerts')).code).not.toBe(0);

  const service = await startService(['alerting'], {
    env: { DATABASE_URL: store.connectionString, LEAKWATCH_MASTER_KEY_FILE: second },
  });
  const decrypt = ['keys', 'decrypt', '--reason', 'an encrypted disk', '--by', 'ines'];
  const refused = await run(second, ...decrypt);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('stop all processes first')]);
  await stopServices([service]);
  const done = await run(second, ...decrypt);
  expect([done.code, done.stdout]).toEqual([
    0,
    expect.stringMatching(/^\d+ values decrypted, 1 data key deleted\n$/),
  ]);

  expect(await run(null, 'alerts')).toMatchObject({ code: 0 });
  const { stdout } = await run(null, 'audit', 'export');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => LineSchema.parse(JSON.parse(line)))
    .filter(({ actor }) => actor === 'ines');
  expect(lines.map(({ action }) => action)).toEqual([
    'content-encrypted',
    'master-key-changed',
    'decryption-begun',
    'decrypted',
  ]);
  expect(await run(null, 'audit', 'verify')).toMatchObject({ code: 0 });
});
