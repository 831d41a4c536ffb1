import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { diffLists } from '@leakwatch/console/watch-list';
import { type ListChange } from '@leakwatch/console/schemas';
import { editYaml, parseWatchList, writeYaml, YamlEditError, type Creator } from '@leakwatch/contracts';
import { readTextFile, UsageError } from '@leakwatch/runtime';
import { editsForCreators } from './edit-creators.ts';
import { plainCreator } from './plain-list.ts';
import { readWatchListText } from './read-watch-list-file.ts';

/** A watch list's file, as it was read. */
export interface OpenedList {
  readonly file: string;
  readonly text: string;
  readonly creators: readonly Creator[];
}

export async function openList(file: string): Promise<OpenedList> {
  const text = await readWatchListText(file);
  return { file, text, creators: parseWatchList(text, file).creators };
}

interface EditedFile {
  readonly text: string;
  readonly creators: readonly Creator[];
}

/**
 * The file with its new and changed creators.
 *
 * @throws UsageError if the file's own form is in the way
 */
export function withCreators(list: OpenedList, creators: readonly Creator[]): EditedFile {
  let text: string;
  try {
    text = editYaml(list.text, editsForCreators(list.creators, creators));
  } catch (error) {
    if (!(error instanceof YamlEditError)) throw error;
    throw new UsageError(`${list.file}: ${error.message}`);
  }
  return { text, creators: parseWatchList(text, list.file).creators };
}

export function changesBetween(before: readonly Creator[], after: readonly Creator[]): ListChange[] {
  const side = (creators: readonly Creator[]) => ({ campaigns: [], creators, ordinaryWords: undefined });
  return diffLists(side(before), side(after));
}

/** Creators as YAML, to be put into a watch list by hand. */
export function creatorsAsYaml(creators: readonly Creator[]): string {
  return writeYaml({ creators: creators.map(plainCreator) }).trimEnd();
}

/**
 * Replaces the file whole or not at all.
 *
 * @throws UsageError if somebody has changed it since it was read
 */
export async function saveList({ file, text: before }: OpenedList, text: string): Promise<void> {
  const target = await realpath(file);
  if ((await readTextFile(target)) !== before) {
    throw new UsageError(`${file} was changed meanwhile; nothing was written: call it again`);
  }
  const fresh = `${target}.${randomUUID()}`;
  try {
    await writeFile(fresh, text, { mode: (await stat(target)).mode, flag: 'wx' });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { force: true });
  }
}
