/** `npm run release:version -- 0.2.0` names the next version, for the command, the Helm chart and CHANGELOG.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withVersion } from './changelog.ts';
import { checkNext, currentVersion, writeVersion } from './version.ts';

const CHANGELOG = path.resolve(import.meta.dirname, '../../CHANGELOG.md');

const [wanted = ''] = process.argv.slice(2);
try {
  checkNext(wanted, currentVersion());
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(CHANGELOG, withVersion(readFileSync(CHANGELOG, 'utf8'), wanted, day));
  writeVersion(wanted);
  process.stdout.write(
    `leakwatch is ${wanted} now. Next:\n` +
      `  git commit --all --message 'Release ${wanted}' && git tag --annotate v${wanted} --message ${wanted}\n` +
      '  npm run release\n',
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
