import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportEvidence, type EvidenceManifest } from '@leakwatch/alerting/desk';
import { UsageError } from '@leakwatch/runtime';
import { CaseWrittenSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';
import { withAlert } from './evidence.ts';
import { tarEnd, tarEntry } from './tar-entry.ts';

/**
 * Writes an alert's evidence to a new folder or tar file that only the calling user can read.
 *
 * @returns the exit code: 1 if bytes no longer have their hash
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
      return tell(alertId, manifest, to, screen);
    } catch (error) {
      await place.discard();
      throw error;
    }
  });
}

/** A new folder or tar file. */
interface Place {
  write(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Removes everything written so far. */
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
  if (code === 'EEXIST') throw new UsageError(`\`${to}\` exists already: give a new place for the case`);
  if (code === 'ENOENT') throw new UsageError(`\`${path.dirname(to)}\` is no folder: create it first`);
  throw error;
}

function tell(alertId: string, manifest: EvidenceManifest, to: string, screen: Screen): number {
  const { evidence, files, occurrencesWithout } = manifest;
  const missing = evidence.reduce((sum, { missingMedia }) => sum + missingMedia.length, 0);
  const changed = files.filter(({ preservedAs, sha256 }) => preservedAs !== null && preservedAs !== sha256);
  screen.outcome(
    CaseWrittenSchema,
    {
      ...{ alertId, to, files: files.length, occurrences: evidence.length, missingMedia: missing },
      occurrencesWithout: occurrencesWithout.length,
      changed: changed.map(({ path: name }) => name),
    },
    `${files.length} files, of ${evidence.length === 1 ? 'one occurrence' : `${evidence.length} occurrences`}: ${to}`,
  );
  if (missing > 0) screen.note(`${missing} media were never fetched: manifest.json says why`);
  if (occurrencesWithout.length > 0)
    screen.note(`no evidence is kept of ${occurrencesWithout.length} other occurrences`);
  for (const { path: name, preservedAs } of changed) {
    screen.problem(`${name}: its bytes differ from those preserved as ${preservedAs}`);
  }
  return changed.length === 0 ? 0 : 1;
}
