/**
 * One process of bench-cascade.ts: fingerprints and matches a folder's pictures for some seconds and reports the count. As a peer,
 * sharp-phash hashes the same files and compares each hash with the assets' one by one.
 */
import sharp from 'sharp';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { sharpPhash } from './peers.ts';
import { picturesOf } from './pictures-of.ts';
import { syntheticItems } from './synthetic-assets.ts';

/** Different pictures of assets; more assets are made of them. */
const REAL_ASSETS = 20;
/** Bits of 64 within which sharp-phash calls pictures alike. */
const PHASH_BITS = 10;

const [engine = '', assetFolder = '', postFolder = '', assets = '20', seconds = '10'] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);
const posts = picturesOf(postFolder, 200);
const registered = picturesOf(assetFolder, Math.min(REAL_ASSETS, Number(assets)));
const both = engine === 'sharp-phash' ? await peer() : await ours();

async function ours(): Promise<(bytes: Uint8Array) => Promise<unknown>> {
  const real: Uint8Array[] = [];
  for (const bytes of registered) real.push((await fingerprintAsset(bytes)).data);
  const matcher = compileImageMatcher(syntheticItems(real, Number(assets)));
  return async (bytes) => matcher.match((await fingerprintPost(bytes)).data);
}

async function peer(): Promise<(bytes: Uint8Array) => Promise<unknown>> {
  const real: string[] = [];
  for (const bytes of registered) real.push(await sharpPhash(Buffer.from(bytes)));
  const hashes = Array.from({ length: Number(assets) }, (_, i) => real[i % real.length]!);
  return async (bytes) => {
    const hash = await sharpPhash(Buffer.from(bytes));
    return hashes.filter((other) => differingDigits(hash, other) <= PHASH_BITS);
  };
}

function differingDigits(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

for (const bytes of posts.slice(0, 30)) await both(bytes);
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
const began = performance.now();
const cpuBegan = process.cpuUsage();
let done = 0;
for (; performance.now() - began < Number(seconds) * 1000; done++) await both(posts[done % posts.length]!);
const cpu = process.cpuUsage(cpuBegan);
process.send?.({ done, ms: performance.now() - began, cpuMs: (cpu.user + cpu.system) / 1000 });
process.disconnect();
