import path from 'node:path';
import { LIMITS, parseWatchList, WatchListError, type FileProblem } from '@leakwatch/contracts';
import { type WatchListFile } from '@leakwatch/matching';
import { messageOf, readBoundedFile, readTextFile, UsageError } from '@leakwatch/runtime';
import { otherKindOf } from './other-kind-of.ts';

/**
 * Reads a watch list and its pictures, relative to its own folder.
 *
 * @throws UsageError if the file can't be read
 * @throws WatchListError naming every problem and its place, missing pictures among them
 */
export async function readWatchListFile(file: string): Promise<WatchListFile> {
  const list = parseWatchList(await readWatchListText(file), file);
  const folder = path.dirname(path.resolve(file));
  const pictures = new Map<string, Uint8Array>();
  const problems: FileProblem[] = [];
  for (const [c, campaign] of list.campaigns.entries()) {
    for (const [a, asset] of campaign.assets.entries()) {
      if (pictures.has(asset.file)) continue;
      try {
        pictures.set(asset.file, await readBoundedFile(path.resolve(folder, asset.file), LIMITS.mediaBytes));
      } catch (error) {
        problems.push({
          place: null,
          path: ['campaigns', c, 'assets', a, 'file'],
          message: `cannot read the picture: ${messageOf(error)}`,
        });
      }
    }
  }
  if (problems.length > 0) throw new WatchListError(file, problems);
  return { list, pictures };
}

/** @throws UsageError where the file can't be read, or is plainly no watch list */
export async function readWatchListText(file: string): Promise<string> {
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new UsageError(`cannot read the watch list: ${messageOf(error)}`);
  });
  const other = otherKindOf(text);
  if (other !== null)
    throw new UsageError(`${file} ${other}; a watch list is YAML or JSON, with \`campaigns\``);
  return text;
}
