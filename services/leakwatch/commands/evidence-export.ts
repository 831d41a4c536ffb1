import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportEvidence, type EvidenceManifest } from '@leakwatch/alerting/desk';
import { UsageError } from '@leakwatch/runtime';
import { type Screen } from '../screen/screen.ts';
import { withAlert } from './evidence.ts';
import { tarEnd, tarEntry } from './tar-entry.ts';

/**
 * Writes an alert's evidence to a folder or a tar file that was not there before, readable for whoever exports it alone.
 *
 * @returns the exit code: 1 where bytes are not any more what their hash says
 */
export function exportCase(
  id: string,
  { dataDir, to }: { readonly dataDir: string; readonly to: string },
  screen: Screen,
): Promise<number> {
  return withAlert(id, { dataDir }, async (alertId, store) => {
    const place = await (to.endsWith('.tar') ? openTar(to) : openFolder(to)).catch(
      refuseTaken.bind(null, to),
    );
    try {
      const manifest = await exportEvidence(store, alertId, (name, bytes) => place.write(name, bytes));
      await place.finish();
      return tell(manifest, to, screen);
    } catch (error) {
      await place.discard();
      throw error;
    }
  });
}

/** Where a case is written to. */
interface Place {
  write(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
}

async function openFolder(to: string): Promise<Place> {
  await mkdir(to, { mode: 0o700 });
  return {
    write: async (name, bytes) => {
      const file = path.join(to, name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    },
    finish: () => Promise.resolve(),
    discard: () => rm(to, { recursive: true }),
  };
}

async function openTar(to: string): Promise<Place> {
  const file = await open(to, 'wx', 0o600);
  const writtenAt = new Date();
  return {
    write: async (name, bytes) => {
      for (const part of tarEntry(name, bytes, writtenAt)) await file.writeFile(part);
    },
    finish: async () => {
      await file.writeFile(tarEnd());
      await file.close();
    },
    discard: async () => {
      await file.close();
      await rm(to);
    },
  };
}

function refuseTaken(to: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EEXIST') throw new UsageError(`\`${to}\` is there already: a case is written to a new place`);
  if (code === 'ENOENT') throw new UsageError(`\`${path.dirname(to)}\` is no folder: make it first`);
  throw error;
}

function tell(manifest: EvidenceManifest, to: string, screen: Screen): number {
  const { evidence, files, occurrencesWithout } = manifest;
  const missing = evidence.reduce((sum, { missingMedia }) => sum + missingMedia.length, 0);
  const changed = files.filter(({ preservedAs, sha256 }) => preservedAs !== null && preservedAs !== sha256);
  screen.result(
    `${files.length} files, of ${evidence.length === 1 ? 'one occurrence' : `${evidence.length} occurrences`}: ${to}`,
  );
  if (missing > 0) screen.note(`the bytes of ${missing} media were never there: manifest.json says why`);
  if (occurrencesWithout.length > 0)
    screen.note(`nothing is kept of ${occurrencesWithout.length} other occurrences`);
  for (const { path: name, preservedAs } of changed) {
    screen.problem(`${name}: its bytes are not any more what was preserved as ${preservedAs}`);
  }
  return changed.length === 0 ? 0 : 1;
}
