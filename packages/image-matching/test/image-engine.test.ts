import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  compileImageMatcher,
  createImageEngine,
  EngineUnavailableError,
  ImageError,
  type ImageEngine,
} from '../index.ts';
import { EXIT, HANG, THROW } from './helpers/broken-worker.ts';
import { bridge, edited, streetScenes } from './helpers/pictures.ts';
import { hugePng } from './helpers/hostile-files.ts';

describe('the image engine', () => {
  let engine: ImageEngine;
  beforeAll(async () => {
    engine = await createImageEngine({ workers: 2 });
  });
  afterAll(() => engine.close());

  it('finds an asset in a recompressed, smaller copy, and not in other pictures', async () => {
    const { data } = await engine.register(bridge());
    const matcher = compileImageMatcher([{ campaignId: 'spring', assetId: 'bridge', data }]);
    expect(matcher.size).toBe(1);
    const copy = await engine.fingerprint(await edited(bridge(), (picture) => picture.resize(640)));
    expect([copy.widthPx, copy.heightPx]).toEqual([640, 402]);
    const [match] = await matcher.match(copy.data);
    expect(match).toMatchObject({ campaignId: 'spring', itemId: 'bridge' });
    expect(match!.how).toContain('pdq');
    for (const scene of streetScenes()) {
      expect(await matcher.match((await engine.fingerprint(scene)).data)).toEqual([]);
    }
  });

  it('goes on with other pictures while bad ones are refused by name', async () => {
    const good = bridge();
    const jobs = [good, hugePng(20_000, 20_000), good.subarray(0, 200), new Uint8Array([1, 2, 3]), good];
    const results = await Promise.allSettled(jobs.map((bytes) => engine.fingerprint(bytes)));
    expect(
      results.map((result) => {
        if (result.status === 'fulfilled') return result.value.widthPx;
        return result.reason instanceof ImageError ? result.reason.reason : String(result.reason);
      }),
    ).toEqual([1600, 'too-many-pixels', 'truncated', 'unsupported-format', 1600]);
  });

  it('gives a repeated picture the fingerprint that it has, and a changed one another', async () => {
    const bytes = new Uint8Array(await edited(bridge(), (picture) => picture.resize(500)));
    const first = await engine.fingerprint(bytes);
    expect(await engine.fingerprint(bytes.slice())).toBe(first);
    const changed = await edited(bridge(), (picture) => picture.resize(500).flop());
    expect((await engine.fingerprint(changed)).data).not.toEqual(first.data);
  });

  it('leaves the bytes that it was given to the caller', async () => {
    const bytes = new Uint8Array(bridge());
    await engine.fingerprint(bytes);
    expect(bytes.length).toBe(bridge().length);
  });
});

describe('the memory for decoding', () => {
  it('is shared by all workers, and a picture that needs more of it is refused', async () => {
    // Each interlaced picture takes about 8 MB, so that two of them never are decoded at once.
    const engine = await createImageEngine({ workers: 2, decodingBytes: 12_000_000 });
    try {
      const one = await interlaced(1000);
      const results = await Promise.allSettled(
        [one, await interlaced(1300), one, one].map((bytes) => engine.fingerprint(bytes)),
      );
      expect(
        results.map((result) =>
          result.status === 'fulfilled' ? result.value.widthPx : String(result.reason),
        ),
      ).toEqual([
        1000,
        'ImageError: decoding it takes more memory than there is for all pictures',
        ...[1000, 1000],
      ]);
    } finally {
      await engine.close();
    }
  });
});

function interlaced(side: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width: side, height: side, channels: 3, background: '#000', noise } })
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();
}

describe('its workers', () => {
  const workerUrl = new URL('./helpers/broken-worker.ts', import.meta.url);
  const good = Uint8Array.of(0);
  let engine: ImageEngine | undefined;
  afterEach(() => engine?.close());

  it('are replaced when a picture hangs one, which fails by its deadline', async () => {
    engine = await createImageEngine({ workers: 1, deadlineMs: 300, workerUrl });
    const hung = expect(engine.fingerprint(Uint8Array.of(HANG))).rejects.toMatchObject({
      reason: 'deadline',
    });
    const next = engine.fingerprint(good);
    await hung;
    expect((await next).widthPx).toBe(1);
  });

  it.each([
    ['throws', THROW],
    ['ends', EXIT],
  ])('are replaced when a picture makes one that %s', async (_what, byte) => {
    engine = await createImageEngine({ workers: 1, workerUrl });
    const bad = engine.fingerprint(Uint8Array.of(byte));
    const next = engine.fingerprint(good);
    await expect(bad).rejects.toMatchObject({ reason: 'worker-crashed' });
    expect((await next).widthPx).toBe(1);
  });

  it('take no more pictures than may wait', async () => {
    engine = await createImageEngine({ workers: 1, maxWaiting: 2, deadlineMs: 500, workerUrl });
    const running = engine.fingerprint(Uint8Array.of(HANG));
    const waiting = [engine.fingerprint(good), engine.fingerprint(good)];
    await expect(engine.fingerprint(good)).rejects.toBeInstanceOf(EngineUnavailableError);
    await expect(running).rejects.toMatchObject({ reason: 'deadline' });
    await Promise.all(waiting);
  });

  it('forget a waiting picture that its caller gave up', async () => {
    engine = await createImageEngine({ workers: 1, deadlineMs: 500, workerUrl });
    const running = engine.fingerprint(Uint8Array.of(HANG));
    const caller = new AbortController();
    const given = engine.fingerprint(good, { signal: caller.signal });
    caller.abort(new Error('no longer wanted'));
    await expect(given).rejects.toThrow('no longer wanted');
    await expect(running).rejects.toMatchObject({ reason: 'deadline' });
  });

  it('make creating the engine fail when they do not start', async () => {
    const nowhere = new URL('./helpers/no-such-worker.ts', import.meta.url);
    await expect(createImageEngine({ workers: 1, workerUrl: nowhere })).rejects.toBeInstanceOf(
      EngineUnavailableError,
    );
  });

  it('give up what is under way when the engine closes', async () => {
    engine = await createImageEngine({ workers: 1, workerUrl });
    const running = expect(engine.fingerprint(Uint8Array.of(HANG))).rejects.toBeInstanceOf(
      EngineUnavailableError,
    );
    await engine.close();
    await running;
    await expect(engine.fingerprint(good)).rejects.toBeInstanceOf(EngineUnavailableError);
  });
});
