/** Commands that only read never create a database, and say where there is one. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requireData } from '../existing-data.ts';
import { createProgram } from '../program.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakwatch-data-')));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function makeData(...names: string[]): Promise<void> {
  await mkdir(path.join(folder, ...names, 'postgres', 'cluster'), { recursive: true });
}

function refusal(dataDir: string, ...from: string[]): string {
  try {
    requireData(dataDir, path.join(folder, ...from));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return '';
}

describe('a data folder', () => {
  it('with a database is taken', async () => {
    await makeData('.data');
    expect(refusal('.data')).toBe('');
    expect(refusal(path.join(folder, '.data'))).toBe('');
  });

  it.each([
    ['in a folder above', ['.data'], ['a'], '.data', 'use --data-dir ../.data'],
    ['two folders above', ['.data'], ['a', 'b'], '.data', '/.data,'],
    ['in a folder below', ['shop', '.data'], [], '.data', 'use --data-dir shop/.data'],
    ['of the demo', ['.data', 'demo'], [], '.data', 'use --data-dir .data/demo'],
    ['inside the folder given', ['shop', '.data'], [], 'shop', 'use --data-dir shop/.data'],
    ['of a demo in a folder below', ['shop', 'demo'], [], '.data', 'use --data-dir shop/demo'],
    ['in a folder beside', ['shop', '.data'], ['office'], '.data', 'use --data-dir ../shop/.data'],
    ['of the same name above', ['store'], ['a'], 'store', 'use --data-dir ../store'],
  ] as const)('without one: the nearest is %s', async (_where, data, from, given, told) => {
    await makeData(...data);
    await mkdir(path.join(folder, ...from), { recursive: true });
    expect(refusal(given, ...from)).toContain(told);
  });

  it('without one, and none near: it is said what creates one', async () => {
    await mkdir(path.join(folder, 'postgres'));
    expect(refusal('x')).toMatch(/^no leakwatch in x; /);
  });
});

describe.each([
  ['alerts'],
  ['alerts', 'show', 'abcdef'],
  ['verdict', 'abcdef', 'confirmed', '--reason', 'x'],
  ['status'],
  ['tips', 'list'],
  ['silences', 'list'],
  ['rescan', 'list'],
  ['coverage'],
  ['report'],
  ['audit', 'verify'],
])('leakwatch %s %s', (...args: string[]) => {
  it('refuses a folder without a database, and leaves it as it is', async () => {
    vi.stubEnv('DATABASE_URL', '');
    vi.stubEnv('KAFKA_BROKERS', '');
    const dataDir = path.join(folder, 'wrong');
    const run = createProgram().parseAsync(['node', 'leakwatch', ...args, '--data-dir', dataDir]);
    await expect(run).rejects.toThrow(/^no leakwatch in .*wrong; /);
    await expect(run).rejects.toThrow(UsageError);
    expect(existsSync(dataDir)).toBe(false);
  });
});
