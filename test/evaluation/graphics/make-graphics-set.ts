/**
 * Makes a labelled set of graphics (packshots, logos, slides, pages, posters, cards, screens) that `eval:image` scores:
 *
 *   npm run eval:graphics -- FOLDER [--seed N] [--designs N] [--siblings N] [--cleared]
 *
 * Version 0 of each design is registered and leaked in twelve ways. Its siblings, the same layout with other content, are posted and count
 * as false when they are found. With --cleared, the watch list also names the first sibling of each design as a public picture. Draws with the fonts of the machine (DejaVu, Liberation, Noto). The same seed gives the same set.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { seededRandom } from '../../harness/seeded-random.ts';
import { drawGraphic, KINDS, type Kind } from './draw-graphics.ts';
import { LEAKS } from './leak-graphics.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    designs: { type: 'string', default: '4' },
    siblings: { type: 'string', default: '4' },
    cleared: { type: 'boolean', default: false },
  },
});
if (positionals[0] === undefined) {
  process.stderr.write('name the folder to write to\n');
  process.exit(2);
}
const folder = path.resolve(process.env.INIT_CWD ?? '.', positionals[0]);
const seed = Number(values.seed);
const WAYS = Object.keys(LEAKS);
/** Ways in which each sibling is posted, besides `plain`. */
const SIBLING_WAYS = 2;

await mkdir(path.join(folder, 'assets'), { recursive: true });
await mkdir(path.join(folder, 'posts'), { recursive: true });
const assets: { id: string; file: string; cleared?: boolean }[] = [];
const posts: string[] = [];

for (const kind of KINDS) {
  for (let design = 0; design < Number(values.designs); design++) {
    const id = `${kind}-${design}`;
    const asset = await render(kind, design, 0);
    await writeFile(path.join(folder, 'assets', `${id}.png`), asset);
    assets.push({ id, file: `assets/${id}.png` });
    for (const way of WAYS) await post(`${id}-${way}`, asset, way, [id], way);
    for (let version = 1; version <= Number(values.siblings); version++) {
      const sibling = await render(kind, design, version);
      if (values.cleared && version === 1) {
        const file = `assets/${id}-published.png`;
        await writeFile(path.join(folder, file), sibling);
        assets.push({ id: `${id}-published`, file, cleared: true });
      }
      const turn = (design * 5 + version * 3) % (WAYS.length - 1);
      const ways = [
        'plain',
        ...Array.from({ length: SIBLING_WAYS }, (_, i) => WAYS[1 + ((turn + i * 5) % (WAYS.length - 1))]!),
      ];
      for (const way of ways)
        await post(`${id}-sibling-${version}-${way}`, sibling, way, [], `sibling ${kind}`);
    }
  }
}
await writeFile(path.join(folder, 'posts.jsonl'), posts.join(''));
await writeFile(
  path.join(folder, 'watchlist.json'),
  JSON.stringify({ campaigns: [{ id: 'graphics', name: 'Graphics', terms: [], assets }] }, null, 1),
);
console.log(`${assets.length} assets, ${posts.length} posts`);

function render(kind: Kind, design: number, version: number): Promise<Buffer> {
  return sharp(Buffer.from(drawGraphic(kind, design, version, seed)))
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer();
}

async function post(
  id: string,
  picture: Buffer,
  way: string,
  leaks: string[],
  family: string,
): Promise<void> {
  const random = seededRandom(createHash('sha256').update(`${id}/${seed}`).digest().readUInt32LE(0));
  const file = `posts/${id}.jpg`;
  const leaked = await LEAKS[way]!(picture, random);
  await leaked.flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toFile(path.join(folder, file));
  posts.push(`${JSON.stringify({ id, text: '', media: [{ file }], leaks, family })}\n`);
}
