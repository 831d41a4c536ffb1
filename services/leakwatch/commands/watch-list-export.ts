import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeYaml, type WatchListSnapshot } from '@leakwatch/contracts';
import { messageOf, UsageError } from '@leakwatch/runtime';
import { loadBlob, type Queryable } from '@leakwatch/store';
import { ListWrittenSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';
import { describeWatchList } from '../watch-list/import-watch-list.ts';
import { plainList } from '../watch-list/plain-list.ts';
import { readVersion } from '../watch-list/read-version.ts';
import { withEnvironment } from './with-environment.ts';

export interface ExportOptions {
  readonly dataDir: string;
  /** Undefined: the newest. */
  readonly of?: number;
  /** A new folder; undefined: standard output, without pictures. */
  readonly to?: string;
  readonly json: boolean;
}

/** Writes a version as a watch list that can be imported again, with its pictures. */
export function exportWatchList({ dataDir, of, to, json }: ExportOptions, screen: Screen): Promise<void> {
  return withEnvironment({ dataDir }, async ({ store }) => {
    const snapshot = await readVersion(store.pool, of);
    if (to === undefined) {
      if (json) screen.json(plainList(snapshot));
      else screen.result(writeYaml(plainList(snapshot)).trimEnd());
      if (snapshot.campaigns.some(({ assets }) => assets.length > 0))
        screen.note('without its pictures: --to DIR writes them, too');
      return;
    }
    const whole = await writeFolder(store.pool, withOwnFiles(snapshot), to);
    const file = path.join(to, LIST);
    const { version } = snapshot;
    screen.outcome(ListWrittenSchema, { version, file, missing: [...whole.missing] }, file);
    screen.note(`version ${version}: ${describeWatchList(snapshot)}`);
    for (const missing of whole.missing) screen.problem(`${missing}: its picture is not kept any more`);
  });
}

const LIST = 'list.yaml';

/** Pictures whose files were outside the list's own folder get a place inside it. */
function withOwnFiles(snapshot: WatchListSnapshot): WatchListSnapshot {
  const campaigns = snapshot.campaigns.map((campaign) => ({
    ...campaign,
    assets: campaign.assets.map((asset) => {
      const file = path.posix.normalize(asset.file);
      const isInside = !path.isAbsolute(file) && !file.startsWith('..') && file !== LIST;
      return isInside
        ? asset
        : { ...asset, file: `pictures/${asset.sha256.slice(0, 16)}${path.extname(asset.file)}` };
    }),
  }));
  return { ...snapshot, campaigns };
}

async function writeFolder(
  db: Queryable,
  snapshot: WatchListSnapshot,
  to: string,
): Promise<{ readonly missing: readonly string[] }> {
  const write = async (name: string, content: string | Uint8Array) => {
    const file = path.join(to, name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600 });
  };
  await mkdir(to, { mode: 0o700 }).catch((error: unknown) => {
    throw new UsageError(`--to needs a new folder: ${messageOf(error)}`);
  });
  const missing: string[] = [];
  const files = new Map(
    snapshot.campaigns.flatMap(({ assets }) => assets.map(({ file, sha256 }) => [file, sha256] as const)),
  );
  for (const [file, sha256] of files) {
    const picture = await loadBlob(db, sha256);
    if (picture === null) missing.push(file);
    else await write(file, picture.bytes);
  }
  await write(LIST, writeYaml(plainList(snapshot)));
  return { missing };
}
