/** One process of bench-cascade.ts: fingerprints and matches a folder's pictures for some seconds and reports the count. */
import sharp from 'sharp';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { picturesOf } from './pictures-of.ts';

const [assetFolder = '', postFolder = '', seconds = '10'] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);
const items = await Promise.all(
  picturesOf(assetFolder, 60).map(async (bytes, i) => ({
    campaignId: 'bench',
    assetId: String(i),
    data: (await fingerprintAsset(bytes)).data,
  })),
);
const matcher = compileImageMatcher(items);
const posts = picturesOf(postFolder, 200);
const both = async (bytes: Uint8Array) => matcher.match((await fingerprintPost(bytes)).data);
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
