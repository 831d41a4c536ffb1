import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPlainText } from '../read-plain-text.ts';

let file: string;
beforeAll(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'leakwatch-test-')), 'message.txt');
});
afterAll(() => rm(path.dirname(file), { recursive: true }));

it('reads text in UTF-8 as it is', async () => {
  await writeFile(file, 'Crème brûlée\n🍮\n');
  expect(await readPlainText(file, 'the message')).toBe('Crème brûlée\n🍮\n');
});

it.each([
  ['Latin-1', Buffer.from('Hello\nCr\u00e8me', 'latin1'), /message\.txt:2:3: not UTF-8/],
  ['NUL', Buffer.from('Hello\na\0b'), /message\.txt:2:2: the control character U\+0000/],
])('refuses %s with its place', async (_name, bytes, says) => {
  await writeFile(file, bytes);
  await expect(readPlainText(file, 'the message')).rejects.toThrow(says);
});

it.each([
  ['a missing file', () => `${file}.not`, /^cannot read the message: .*: there is no such file$/],
  ['a path through a file', () => `${file}/not`, /: there is no such folder$/],
  ['a folder', () => path.dirname(file), /: it is a folder, and a file is wanted$/],
])('says in plain words why %s can not be read', async (_name, wrong, says) => {
  await expect(readPlainText(wrong(), 'the message')).rejects.toThrow(says);
});
