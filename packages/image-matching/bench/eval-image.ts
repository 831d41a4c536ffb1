/**
 * Scores the image engine on a labelled set: `tsx packages/image-matching/bench/eval-image.ts FOLDER [--verbose]`.
 * FOLDER holds `watchlist.json`, `posts.jsonl` and the pictures that they name.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compileImageMatcher, createImageEngine, type ImageItem } from '../index.ts';
import { formatScore, score, type FoundPair } from './score.ts';

const WatchListFile = z.object({
  campaigns: z.array(
    z.object({ id: z.string(), assets: z.array(z.object({ id: z.string(), file: z.string() })) }),
  ),
});
const PostLine = z.object({
  id: z.string(),
  family: z.string(),
  leaks: z.array(z.string()),
  media: z.array(z.object({ file: z.string() })),
});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false }, workers: { type: 'string', default: '2' } },
});
const folder = positionals[0];
if (folder === undefined) throw new Error('name the folder of the labelled set');
const read = (file: string) => readFileSync(path.join(folder, file));

const engine = await createImageEngine({ workers: Number(values.workers) });
const items: ImageItem[] = [];
for (const campaign of WatchListFile.parse(JSON.parse(read('watchlist.json').toString())).campaigns) {
  for (const asset of campaign.assets) {
    const { data, warnings } = await engine.register(read(asset.file));
    for (const warning of warnings) console.log(`${asset.id}: ${warning}`);
    items.push({ campaignId: campaign.id, assetId: asset.id, data });
  }
}
const matcher = compileImageMatcher(items);
const posts = read('posts.jsonl')
  .toString()
  .trim()
  .split('\n')
  .map((line) => PostLine.parse(JSON.parse(line)));

const found: FoundPair[] = [];
const began = performance.now();
let matchingMs = 0;
let fingerprintBytes = 0;
let pictures = 0;
const queue = posts.values();
// As many at a time as keep the workers busy.
await Promise.all(
  Array.from({ length: 2 * Number(values.workers) }, async () => {
    for (const post of queue) {
      for (const media of post.media) {
        const { data } = await engine.fingerprint(read(media.file));
        const matchingBegan = performance.now();
        const matches = await matcher.match(data);
        matchingMs += performance.now() - matchingBegan;
        fingerprintBytes += data.length;
        pictures++;
        for (const match of matches) {
          found.push({ postId: post.id, assetId: match.itemId });
          const isRight = post.leaks.includes(match.itemId);
          if (!isRight) console.log(`WRONG ${post.id} ${JSON.stringify(match)}`);
        }
      }
    }
  }),
);
const seconds = (performance.now() - began) / 1000;
await engine.close();

const result = score(posts, found);
if (values.verbose) for (const { postId } of result.missed) console.log(`missed ${postId}`);
console.log(formatScore(result));
console.log(
  `${(pictures / seconds).toFixed(1)} pictures/s on ${values.workers} workers; matching ${(matchingMs / pictures).toFixed(1)} ms, ` +
    `fingerprint ${(fingerprintBytes / pictures / 1024).toFixed(1)} KiB a picture`,
);
