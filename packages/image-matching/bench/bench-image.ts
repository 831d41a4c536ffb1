/**
 * Rates of the image engine beside its peers, in one run: `tsx packages/image-matching/bench/bench-image.ts FOLDER`, a
 * labelled set with `assets/` and `posts/`. Trust the ratios and medians; other load on the machine moves the rest.
 */
import path from 'node:path';
import { benchAssets } from './bench-assets.ts';
import { benchCascade } from './bench-cascade.ts';
import { benchIndex } from './bench-index.ts';
import { benchPeers } from './bench-peers.ts';
import { picturesOf } from './pictures-of.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder of a labelled set');
const posts = path.join(folder, 'posts');
const pictures = picturesOf(posts, 80);

console.log('— one hash a file, decoding included');
await benchPeers(pictures);
console.log('— the Hamming index, radius 31');
benchIndex([1000, 100_000, 1_000_000]);
console.log('— the cascade by the number of assets');
await benchAssets(pictures, [10, 100, 1000, 10_000]);
console.log('— the whole cascade');
await benchCascade({ assetFolder: path.join(folder, 'assets'), postFolder: posts }, [20, 1000, 10_000], 12);
