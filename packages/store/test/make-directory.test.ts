import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectory } from '../embedded/make-directory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-directory-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('making a directory', () => {
  it('makes those above it, and leaves one that is there', async () => {
    const deep = path.join(folder, 'a', 'b', 'c');
    await makeDirectory(deep, 0o700);
    await makeDirectory(deep, 0o700);
    expect((await stat(deep)).mode & 0o777).toBe(0o700);
  });

  it.runIf(process.platform === 'linux')(
    'fails where no directory can be made, instead of trying for ever',
    async () => {
      await expect(makeDirectory('/proc/leakwatch/postgres', 0o700)).rejects.toThrow('ENOENT');
    },
  );

  it('fails below a file', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(makeDirectory(path.join(folder, 'file', 'a'), 0o700)).rejects.toThrow('ENOTDIR');
  });
});
