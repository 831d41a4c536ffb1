import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher, type ImageMatcher } from '../index.ts';
import { median } from './pictures-of.ts';
import { syntheticItems } from './synthetic-assets.ts';

/** Measures the cost of matching by the number of assets, and the cost of changing one asset. */
export async function benchAssets(pictures: readonly Uint8Array[], counts: readonly number[]): Promise<void> {
  const real = await Promise.all(
    pictures.slice(0, 10).map(async (bytes) => (await fingerprintAsset(bytes)).data),
  );
  const posts = await Promise.all(
    pictures.slice(0, 40).map(async (bytes) => (await fingerprintPost(bytes)).data),
  );
  console.log(
    `an asset's fingerprint has ${(median(real.map((data) => data.length)) / 1024).toFixed(1)} KiB, a post's ${(median(posts.map((data) => data.length)) / 1024).toFixed(1)} KiB`,
  );
  for (const count of counts) {
    const items = syntheticItems(real, count);
    const rss = process.memoryUsage().rss;
    const began = performance.now();
    const matcher = compileImageMatcher(items.slice(1));
    const compiled = performance.now();
    compileImageMatcher(items, { previous: matcher });
    const changed = performance.now();
    console.log(
      `${String(count).padStart(6)} assets: ${(await medianMatch(matcher, posts)).toFixed(1).padStart(6)} ms a match, compiled in ` +
        `${(compiled - began).toFixed(0)} ms, one more in ${(changed - compiled).toFixed(0)} ms, ` +
        `${((process.memoryUsage().rss - rss) / 1e6).toFixed(0)} MB`,
    );
  }
}

async function medianMatch(matcher: ImageMatcher, posts: readonly Uint8Array[]): Promise<number> {
  const times: number[] = [];
  for (const post of [...posts, ...posts]) {
    // A copy, because the same bytes are matched once.
    const copy = post.slice();
    const began = performance.now();
    await matcher.match(copy);
    times.push(performance.now() - began);
  }
  return median(times.slice(posts.length));
}
