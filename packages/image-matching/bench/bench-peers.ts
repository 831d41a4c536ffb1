import { createRequire } from 'node:module';
import imghash from 'imghash';
import sharp from 'sharp';
import { z } from 'zod';
import { decodeImage } from '../decode/decode-image.ts';
import { exactLuma } from '../decode/luma.ts';
import { WORKING_SIDE_PX } from '../fingerprint/fingerprint-image.ts';
import { hammingDistance, type Hash256 } from '../pdq/hash256.ts';
import { hashOf, pdqFeatures } from '../pdq/pdq-hash.ts';
import { median } from './pictures-of.ts';

/** A CommonJS function, though its types say otherwise. */
const sharpPhash = z
  .custom<(bytes: Buffer) => Promise<string>>((value) => typeof value === 'function')
  .parse(createRequire(import.meta.url)('sharp-phash'));

async function pdqStage(bytes: Uint8Array): Promise<Hash256> {
  const { frames } = await decodeImage(bytes, WORKING_SIDE_PX);
  const { data, width, height } = frames[0]!;
  return hashOf(pdqFeatures(exactLuma(data, width * height), width, height).frequencies);
}

/** PDQ, sharp-phash and imghash over the same files, taking turns, so that what else the machine does hits all alike. */
export async function benchPeers(pictures: readonly Uint8Array[]): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  const peers: Record<string, (bytes: Uint8Array) => Promise<unknown>> = {
    'PDQ stage (256 bits)': pdqStage,
    'sharp-phash (64 bits)': (bytes) => sharpPhash(Buffer.from(bytes)),
    'imghash (256 bits)': (bytes) => imghash.hash(Buffer.from(bytes), 16),
  };
  const times = new Map<string, number[]>();
  for (let round = 0; round < 3; round++) {
    for (const bytes of pictures) {
      for (const [name, hash] of Object.entries(peers)) {
        const began = performance.now();
        await hash(bytes);
        // The first round warms up.
        if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - began]);
      }
    }
  }
  const phash = median(times.get('sharp-phash (64 bits)')!);
  for (const [name, values] of times) {
    const ms = median(values);
    console.log(
      `${name.padEnd(24)} ${ms.toFixed(2).padStart(7)} ms  ${(phash / ms).toFixed(2)} × sharp-phash's rate`,
    );
  }
  await benchDrift(pictures);
}

/** How far the stage's hash, from a picture fitted into the working size, is from that of every pixel. */
async function benchDrift(pictures: readonly Uint8Array[]): Promise<void> {
  const drifts: number[] = [];
  for (const bytes of pictures) {
    const { data, info } = await sharp(bytes)
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const full = pdqFeatures(exactLuma(data, info.width * info.height), info.width, info.height);
    drifts.push(hammingDistance(await pdqStage(bytes), hashOf(full.frequencies)));
  }
  const sorted = drifts.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)];
  console.log(
    `drift of the stage from full size: median ${median(drifts)}, p95 ${p95}, most ${sorted.at(-1)} of 256 bits`,
  );
}
