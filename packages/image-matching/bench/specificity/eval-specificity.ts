/**
 * Counts how often an asset is found in a picture that has nothing to do with it:
 *
 *   npm run eval:specificity -- FOLDER [--list N] [--workers N] [--draw FOLDER]
 *
 * FOLDER holds `assets/` and `innocents/`, as `gather-pictures.ts` fills them; FOLDER/fingerprints keeps fingerprints for the next time.
 * All innocents are matched against all assets in one watch list, then in lists of `--list` assets (250), because assets of one list
 * compete for a post's features. Each false pair is named; `--draw` also draws it, to be looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createImageEngine } from '../../index.ts';
import { describePairs, findPairs, type FoundPair } from './count-false-pairs.ts';
import { drawPair } from './draw-pair.ts';
import { fingerprintSide, type FingerprintedSide } from './fingerprint-side.ts';
import { showsTheSame } from './shared-pictures.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'string', default: '250' },
    workers: { type: 'string', default: '1' },
    draw: { type: 'string' },
  },
});
if (positionals[0] === undefined) throw new Error('name the folder of the pictures');
const base = process.env.INIT_CWD ?? '.';
const folder = path.resolve(base, positionals[0]);

const engine = await createImageEngine({ workers: Number(values.workers) });
const cache = path.join(folder, 'fingerprints');
const assets = await fingerprintSide(folder, 'assets', engine, cache);
const innocents = await fingerprintSide(folder, 'innocents', engine, cache);
await engine.close();
const unwarned = assets.pictures.filter(({ isWarned }) => !isWarned).length;
console.log(`assets: ${describe(assets)}; registration warns of ${assets.pictures.length - unwarned}`);
console.log(`innocents: ${describe(innocents)}`);

for (const perList of new Set([
  assets.pictures.length,
  Math.min(Number(values.list), assets.pictures.length),
])) {
  const found = await findPairs(assets.pictures, innocents.pictures, perList);
  const wrong = found.filter(({ asset, innocent }) => !showsTheSame(asset.name, innocent.name));
  const pairs = assets.pictures.length * innocents.pictures.length;
  console.log(
    `\nwatch lists of ${perList} assets: ${(pairs / 1e6).toFixed(2)} million pairs, without ${found.length - wrong.length} that do show the same`,
  );
  for (const line of describePairs(wrong, pairs)) console.log(line);
  console.log(`of them the ${unwarned} assets that registration does not warn of`);
  const sure = wrong.filter(({ asset }) => !asset.isWarned);
  for (const line of describePairs(sure, unwarned * innocents.pictures.length)) console.log(line);
  await list(wrong, perList);
}

async function list(wrong: readonly FoundPair[], perList: number): Promise<void> {
  const told = wrong.toSorted((a, b) => a.match.grade.localeCompare(b.match.grade));
  for (const [i, pair] of told.entries()) {
    const { asset, innocent, match } = pair;
    const warned = asset.isWarned ? ' (warned)' : '';
    console.log(
      `${i} ${match.grade} ${match.confidence.toFixed(2)} ${asset.name}${warned} in ${innocent.name}: ${match.how.join(' ')}`,
    );
    if (values.draw === undefined) continue;
    const into = path.resolve(base, values.draw);
    mkdirSync(into, { recursive: true });
    writeFileSync(path.join(into, `${perList}-${match.grade}-${i}.jpg`), await drawPair(pair));
  }
}

function describe({ pictures, alike, refused }: FingerprintedSide): string {
  const reasons = [...refused].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return `${pictures.length} different pictures, ${alike} left out as like another, refused: ${reasons || 'none'}`;
}
