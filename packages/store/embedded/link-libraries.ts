import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isFileError } from './file-errors.ts';

/** `pg-symlinks.json` of the binaries package: npm packs no links, so they are listed. Paths begin with `native/`. */
const LinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Creates the links by which the binaries find their libraries, such as libicuuc.so.60 → libicuuc.so.60.2. The
 * package's install script would do it, but pnpm does not run it. Existing links stay.
 */
export async function linkLibraries(native: string): Promise<void> {
  const listed: unknown = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of LinksSchema.parse(listed)) {
    const link = path.join(native, path.relative('native', target));
    await symlink(path.relative(path.dirname(target), source), link).catch((error: unknown) => {
      if (!isFileError(error, 'EEXIST')) throw error;
    });
  }
}
