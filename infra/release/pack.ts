import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const BUILD = path.resolve(import.meta.dirname, '../workspace/build.mjs');
const PackedSchema = z.tuple([z.object({ filename: z.string(), version: z.string() })]);

/**
 * Builds the command beside any other build of this checkout, and packs it as npm installs it.
 *
 * @param folder - gets the tarball, and the bill of materials
 * @returns the tarball's path
 */
export function pack(folder: string): string {
  const built = mkdtempSync(path.join(os.tmpdir(), 'leakwatch-pack-'));
  try {
    execFileSync(process.execPath, [BUILD, '--into', built], { stdio: ['ignore', 2, 2] });
    mkdirSync(folder, { recursive: true });
    const said = execFileSync('npm', ['pack', '--json', '--pack-destination', path.resolve(folder)], {
      cwd: built,
      encoding: 'utf8',
    });
    const [{ filename, version }] = PackedSchema.parse(JSON.parse(said));
    cpSync(path.join(built, 'sbom.cdx.json'), path.join(folder, `leakwatch-${version}.cdx.json`));
    return path.join(folder, filename);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}
