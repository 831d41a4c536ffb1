import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { LIMITS } from '@leakwatch/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJsonlSource } from '../sources/jsonl.ts';
import { type MediaError, type Source, type SourceItem } from '../sources/source.ts';
import { splitLines } from '../sources/split-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakwatch-jsonl-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function readAll(source: Source, checkpoint: string | null = null): Promise<SourceItem[]> {
  const items = [];
  for await (const item of source.read(checkpoint, new AbortController().signal)) items.push(item);
  return items;
}

describe('a file of JSON Lines', () => {
  it('gives each line its place, whatever ends it', async () => {
    const file = await write('mixed.jsonl', '\ufeff{"id":"1"}\r\n\n{"id":"2"}\n\r\n{"id":"3"}');
    const items = await readAll(createJsonlSource({ file }));
    expect(items.map(({ place, raw }) => [place, raw])).toEqual([
      ['mixed.jsonl:1', '{"id":"1"}'],
      ['mixed.jsonl:3', '{"id":"2"}'],
      ['mixed.jsonl:5', '{"id":"3"}'],
    ]);
  });

  it('reports a line that is not UTF-8 with its bytes, and goes on', async () => {
    const bad = Buffer.from('{"id":"caf\xe9"}', 'latin1');
    const file = await write('latin1.jsonl', Buffer.concat([bad, Buffer.from('\n{"id":"2"}\n')]));
    const [first, second] = await readAll(createJsonlSource({ file }));
    expect(first).toMatchObject({ place: 'latin1.jsonl:1', raw: '', problem: { reason: 'bad-encoding' } });
    expect(Buffer.from(first?.problem?.bytes ?? []).equals(bad)).toBe(true);
    expect(second).toMatchObject({ place: 'latin1.jsonl:2', raw: '{"id":"2"}' });
  });

  it('hands a long line over whole, and the head of one that is longer than memory should hold', async () => {
    const long = 'x'.repeat(1024 * 1024);
    const file = await write('long.jsonl', `${long}\n${long.repeat(5)}\n{"id":"3"}\n`);
    const [first, second, third] = await readAll(createJsonlSource({ file }));
    expect(first?.raw).toHaveLength(long.length);
    expect(second?.problem?.reason).toBe('too-large');
    expect(second?.problem?.message).toContain(`${5 * long.length} bytes, more than the ${LIMITS.postBytes}`);
    expect(second?.problem?.bytes).toHaveLength(4 * long.length);
    expect(third).toMatchObject({ place: 'long.jsonl:3', raw: '{"id":"3"}' });
  });

  it('goes on after its checkpoint, with true line numbers', async () => {
    const file = await write('grows.jsonl', '{"id":"1"}\n{"id":"2"}\n{"id":"é3"}\n');
    const source = createJsonlSource({ file });
    const items = await readAll(source);
    const rest = await readAll(source, items[1]?.checkpoint);
    expect(rest.map((item) => item.place)).toEqual(['grows.jsonl:3']);

    const end = items[2]?.checkpoint ?? null;
    expect(await readAll(source, end)).toEqual([]);
    await appendFile(file, '{"id":"4"}\n');
    expect((await readAll(source, end)).map((item) => item.place)).toEqual(['grows.jsonl:4']);
  });

  it('starts anew where another file has taken its place', async () => {
    const file = await write('replaced.jsonl', '{"id":"1"}\n{"id":"2"}\n');
    const source = createJsonlSource({ file });
    const end = (await readAll(source)).at(-1)?.checkpoint ?? null;
    await write('replaced.jsonl', '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n');
    expect(await readAll(source, end)).toHaveLength(3);
    await write('replaced.jsonl', '{"id":"1"}\n');
    expect(await readAll(source, end)).toHaveLength(1);
  });

  it('ends when it is told to', async () => {
    const file = await write('many.jsonl', '{"id":"1"}\n'.repeat(100_000));
    const stop = new AbortController();
    let read = 0;
    for await (const item of createJsonlSource({ file }).read(null, stop.signal)) {
      read += 1;
      if (item.place === 'many.jsonl:10') stop.abort();
    }
    expect(read).toBe(10);
  });

  it('says which file it can not read', async () => {
    const source = createJsonlSource({ file: join(folder, 'nowhere.jsonl') });
    await expect(readAll(source)).rejects.toThrow(/posts file can't be read.*nowhere\.jsonl/);
  });
});

describe('standard input', () => {
  const MODULE = new URL('../sources/jsonl.ts', import.meta.url).href;
  const readInChild = (afterEach: string) =>
    spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `import { createJsonlSource } from '${MODULE}';
       const stop = new AbortController();
       for await (const { place, raw, checkpoint } of createJsonlSource({ file: '-' }).read(null, stop.signal)) {
         console.log(JSON.stringify([place, raw, checkpoint]));
         ${afterEach}
       }`,
    ]);

  it('is read to its end, without a checkpoint', async () => {
    const child = readInChild('');
    child.stdin.end('{"id":"1"}\n{"id":"2"}');
    expect(await text(child.stdout)).toBe(
      '["stdin:1","{\\"id\\":\\"1\\"}",null]\n["stdin:2","{\\"id\\":\\"2\\"}",null]\n',
    );
  });

  it('is left when the reader is told to end, though it stays open', async () => {
    const child = readInChild('setTimeout(() => stop.abort(), 1);');
    const exit = once(child, 'exit');
    child.stdin.write('{"id":"1"}\n');
    expect(await text(child.stdout)).toContain('stdin:1');
    expect(await exit).toEqual([0, null]);
  });
});

describe('lines', () => {
  const sample = 'one\ntwo\r\n\nthré\r\nlast';
  const bytes = Buffer.from(sample);

  it.each([1, 2, 3, 5, 100])('are the same in chunks of %i bytes', async (size) => {
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      await Promise.resolve();
    }
    const lines = [];
    for await (const line of splitLines(chunks(), { keepBytes: 1000 })) lines.push(line);
    expect(lines.map((line) => [line.number, Buffer.from(line.bytes).toString(), line.endOffset])).toEqual([
      [1, 'one', 4],
      [2, 'two', 9],
      [3, '', 10],
      [4, 'thré', 17],
      [5, 'last', 21],
    ]);
  });
});

describe('media of a file of JSON Lines', () => {
  let source: Source;
  beforeAll(async () => {
    const mediaDir = join(folder, 'media');
    await mkdir(join(mediaDir, 'sub'), { recursive: true });
    await writeFile(join(mediaDir, 'sub', 'a.jpg'), 'jpeg');
    await writeFile(join(mediaDir, 'huge.png'), Buffer.alloc(LIMITS.mediaBytes + 1));
    const secret = await write('secret.txt', 'secret');
    await symlink(secret, join(mediaDir, 'link.jpg'));
    await symlink(folder, join(mediaDir, 'way-out'));
    await symlink('sub/a.jpg', join(mediaDir, 'inside.jpg'));
    source = createJsonlSource({ file: '-', mediaDir });
  });

  it.each(['sub/a.jpg', 'inside.jpg'])('are read below the media folder: %s', async (file) => {
    expect(Buffer.from(await source.openMedia(file)).toString()).toBe('jpeg');
  });

  it.each([
    ['none.jpg', 'missing-media'],
    ['../secret.txt', 'media-refused'],
    ['sub/../../secret.txt', 'media-refused'],
    ['..\\secret.txt', 'media-refused'],
    ['/etc/passwd', 'media-refused'],
    ['link.jpg', 'media-refused'],
    ['way-out/secret.txt', 'media-refused'],
    ['a\0.jpg', 'media-refused'],
    ['sub', 'media-refused'],
    ['huge.png', 'media-too-large'],
  ] satisfies [string, MediaError['reason']][])('are refused by name: %s', async (file, reason) => {
    const opened = source.openMedia(file);
    await expect(opened).rejects.toMatchObject({ reason });
    await expect(opened).rejects.toThrow(file);
  });

  it('are missing where no folder was given', async () => {
    const without = createJsonlSource({ file: '-' });
    await expect(without.openMedia('a.jpg')).rejects.toMatchObject({ reason: 'missing-media' });
  });
});
