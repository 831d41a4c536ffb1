import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isFileError } from './file-errors.ts';

/**
 * Makes a directory and those above it. Node's own `recursive` never ends below /proc, where a new name is "not found"
 * although its parent is there.
 */
export async function makeDirectory(directory: string, mode: number): Promise<void> {
  try {
    await makeOne(directory, mode);
  } catch (error) {
    const parent = path.dirname(directory);
    if (!isFileError(error, 'ENOENT') || parent === directory) throw error;
    await makeDirectory(parent, mode);
    await makeOne(directory, mode);
  }
}

/** One that is there stays as it is. A file of that name is an error, at the latest when something is put below it. */
async function makeOne(directory: string, mode: number): Promise<void> {
  try {
    await mkdir(directory, { mode });
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  }
}
