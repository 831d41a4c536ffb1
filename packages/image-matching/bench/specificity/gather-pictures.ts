/**
 * Gathers the pictures that `eval-specificity.ts` scores, out of Debian's packages, without installing any:
 *
 *   npm run eval:specificity:pictures -- FOLDER
 *
 * Needs apt and dpkg, and about 6 GB. FOLDER/debs keeps the packages for the next time. Of each package, the pictures of at least
 * 200 px a side are taken, up to a number, in the order of their names' hashes, so that the choice is the same each time.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { FREE_PACKAGES, SIDES, type Side } from './free-packages.ts';

const MOST: Record<Side, number> = { assets: 250, innocents: 120 };
const MIN_SIDE_PX = 200;
/** Longer ones are registered in small, as `fingerprintAsset` says. */
const MAX_ASPECT = 4;

const [named] = process.argv.slice(2);
if (named === undefined) throw new Error('name the folder to gather in');
const folder = path.resolve(process.env.INIT_CWD ?? '.', named);
const debs = path.join(folder, 'debs');
mkdirSync(debs, { recursive: true });
for (const side of SIDES) {
  for (const name of FREE_PACKAGES[side]) {
    const into = path.join(folder, side, name);
    rmSync(into, { recursive: true, force: true });
    mkdirSync(into, { recursive: true });
    console.log(`${side} ${name}: ${await gather(name, into, MOST[side])}`);
  }
}

/** Gives the number of pictures taken. */
async function gather(name: string, into: string, most: number): Promise<number> {
  const unpacked = mkdtempSync(path.join(folder, 'unpacked-'));
  try {
    execFileSync('dpkg', ['-x', download(name), unpacked]);
    let taken = 0;
    for (const file of inFixedOrder(unpacked)) {
      if (taken === most) break;
      if (!(await isLargeEnough(path.join(unpacked, file)))) continue;
      copyFileSync(path.join(unpacked, file), path.join(into, file.replaceAll('/', '~').slice(-200)));
      taken++;
    }
    return taken;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

function download(name: string): string {
  const find = () => readdirSync(debs).find((file) => file.startsWith(`${name}_`));
  if (find() === undefined) execFileSync('apt-get', ['download', '-q', name], { cwd: debs, stdio: 'ignore' });
  const file = find();
  if (file === undefined) throw new Error(`apt-get gave no package ${name}`);
  return path.join(debs, file);
}

function inFixedOrder(root: string): string[] {
  const keyOf = (file: string) => createHash('sha256').update(file).digest('hex');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp|gif)$/i.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** A file that sharp can't read is no picture to test with. */
async function isLargeEnough(file: string): Promise<boolean> {
  const size = await sharp(file)
    .metadata()
    .catch(() => ({ width: 0, height: 0 }));
  const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
  return short >= MIN_SIDE_PX && long <= short * MAX_ASPECT;
}
