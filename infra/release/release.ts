/**
 * `npm run release` puts everything that a release consists of into release/VERSION. `-- --unreleased` makes it of changes that have no
 * version yet, or are not committed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sectionOf, withLinksTo } from './changelog.ts';
import { pack } from './pack.ts';
import { currentVersion } from './version.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SUMS = 'SHA256SUMS';
const { unreleased: isTrial } = parseArgs({
  options: { unreleased: { type: 'boolean', default: false } },
}).values;

try {
  release(currentVersion());
} catch (error) {
  process.stderr.write(`no release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function release(version: string): void {
  const notes = notesOf(version);
  refuseChanges();
  const folder = path.join(ROOT, 'release', version);
  rmSync(folder, { recursive: true, force: true });
  pack(folder);
  // The committed sources: the image is built of them for any processor, with each package by its hash.
  const context = path.resolve(folder, `leakwatch-${version}-image.tar.gz`);
  git('archive', '--format=tar.gz', '--output', context, 'HEAD');
  writeFileSync(path.join(folder, 'RELEASE-NOTES.md'), notes);
  process.stdout.write(writeSums(folder));
  process.stderr.write(`made ${path.relative(process.cwd(), folder)}\n`);
}

/** Tarball and image would hold different things. */
function refuseChanges(): void {
  const changed = git('status', '--porcelain').split('\n').filter(Boolean).length;
  if (changed === 0) return;
  const why = `${changed} files differ from the commit that the image is built of`;
  if (!isTrial) throw new Error(`${why}: commit them, or try with --unreleased`);
  process.stderr.write(`${why}\n`);
}

function notesOf(version: string): string {
  const changelog = readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8');
  const section = sectionOf(changelog, version) ?? (isTrial ? sectionOf(changelog, 'Unreleased') : null);
  if (section === null)
    throw new Error(`CHANGELOG.md has no section ${version}: \`npm run release:version -- ${version}\``);
  const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository } = process.env;
  const changes =
    repository === undefined ? section : withLinksTo(section, `${server}/${repository}/blob/v${version}`);
  return `# leakwatch ${version}${isTrial ? ', not released' : ''}

Check what you have: \`sha256sum --check ${SUMS}\`. Install it: \`npm install --global ./leakwatch-${version}.tgz\`, or build the image:
\`docker build --tag leakwatch:${version} --file infra/docker/Dockerfile - < leakwatch-${version}-image.tar.gz\`.
Read docs/operate/upgrade.md before it takes the place of an earlier version.

${changes}
`;
}

function writeSums(folder: string): string {
  const sums = readdirSync(folder)
    .toSorted()
    .map((name) => {
      const sum = createHash('sha256').update(readFileSync(path.join(folder, name)));
      return `${sum.digest('hex')}  ${name}\n`;
    })
    .join('');
  writeFileSync(path.join(folder, SUMS), sums);
  return sums;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}
