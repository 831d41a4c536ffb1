import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createImageEngine, ImageError } from '../index.ts';
import { randomNumbers } from './helpers/random-hashes.ts';
import { bridge } from './helpers/pictures.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'gif'] as const;
const EACH = process.env['SOAK'] === undefined ? 300 : 1300;

it('answers damaged files by a fingerprint or a named failure, and never loses a worker', async () => {
  const engine = await createImageEngine({ workers: 2 });
  const reasons = new Map<string, number>();
  const memoryBefore = process.memoryUsage.rss();
  for (const format of FORMATS) {
    const sound = new Uint8Array(await sharp(bridge()).resize(96).toFormat(format).toBuffer());
    await Promise.all(
      Array.from({ length: EACH }, async (_, seed) => {
        const outcome = await engine.fingerprint(damaged(sound, seed)).then(
          () => 'fingerprint',
          (error: unknown) => (error instanceof ImageError ? error.reason : `not named: ${String(error)}`),
        );
        reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
      }),
    );
  }
  await engine.close();
  const allowed = [
    'fingerprint',
    'truncated',
    'corrupt',
    'unsupported-format',
    'too-many-pixels',
    'too-small',
    'empty',
  ];
  expect([...reasons.keys()].filter((reason) => !allowed.includes(reason))).toEqual([]);
  expect(reasons.get('corrupt')).toBeGreaterThan(100);
  expect([...reasons.values()].reduce((sum, n) => sum + n, 0)).toBe(FORMATS.length * EACH);
  expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(600 * 1024 * 1024);
});

/** A file with some bytes changed, mostly in its header, and sometimes cut or doubled. */
function damaged(sound: Uint8Array, seed: number): Uint8Array {
  const random = randomNumbers(seed);
  const copy = sound.slice();
  const changes = 1 + Math.floor(random() * 12);
  for (let i = 0; i < changes; i++) {
    const reach = random() < 0.7 ? Math.min(120, copy.length) : copy.length;
    copy[Math.floor(random() * reach)] = Math.floor(random() * 256);
  }
  const fate = random();
  if (fate < 0.1) return copy.subarray(0, Math.floor(random() * copy.length));
  if (fate < 0.15) return Uint8Array.from([...copy, ...copy]);
  return copy;
}
