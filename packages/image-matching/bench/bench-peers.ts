import imghash from 'imghash';
import sharp from 'sharp';
import { decodeImage } from '../decode/decode-image.ts';
import { exactLuma } from '../decode/luma.ts';
import { WORKING_SIDE_PX } from '../fingerprint/fingerprint-image.ts';
import { hammingDistance, type Hash256 } from '../pdq/hash256.ts';
import { hashOf, pdqFeatures } from '../pdq/pdq-hash.ts';
import { pdqOfPicture } from '../pdq/pdq-of-picture.ts';
import { sharpPhash } from './peers.ts';
import { median } from './pictures-of.ts';

async function pdqStage(bytes: Uint8Array): Promise<Hash256> {
  const { frames } = await decodeImage(bytes, WORKING_SIDE_PX);
  return hashOf(pdqOfPicture(frames[0]!).frequencies);
}

/** Rounds over all pictures; the first warms up. */
const ROUNDS = 7;

/**
 * Measures PDQ, sharp-phash and imghash over the same files, in turns, so that other load falls on all alike. On a shared
 * machine, processor time tells more than the clock.
 */
export async function benchPeers(pictures: readonly Uint8Array[]): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  const peers = [
    { name: 'sharp-phash (64 bits)', hash: (bytes: Uint8Array) => sharpPhash(Buffer.from(bytes)) },
    { name: 'PDQ stage (256 bits)', hash: pdqStage },
    { name: 'imghash (256 bits)', hash: (bytes: Uint8Array) => imghash.hash(Buffer.from(bytes), 16) },
  ].map((peer) => ({ ...peer, clockMs: new Array<number>(), processorMs: new Array<number>() }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { hash, clockMs, processorMs } of peers) {
      const began = performance.now();
      const cpuBegan = process.cpuUsage();
      for (const bytes of pictures) await hash(bytes);
      const { user, system } = process.cpuUsage(cpuBegan);
      if (round === 0) continue;
      clockMs.push((performance.now() - began) / pictures.length);
      processorMs.push((user + system) / 1000 / pictures.length);
    }
  }
  const [phash] = peers;
  for (const { name, clockMs, processorMs } of peers) {
    const byClock = median(phash!.clockMs.map((ms, round) => ms / clockMs[round]!));
    const byProcessor = median(phash!.processorMs.map((ms, round) => ms / processorMs[round]!));
    console.log(
      `${name.padEnd(24)} ${median(clockMs).toFixed(2).padStart(7)} ms, ${median(processorMs).toFixed(2).padStart(7)} ms of a processor: ` +
        `${byClock.toFixed(2)} × sharp-phash's rate by the clock, ${byProcessor.toFixed(2)} × by processor time`,
    );
  }
  await benchDrift(pictures);
}

/** Measures the bits between the hash of the working copy and the hash of the full-size picture. */
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
