import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { LIMITS } from '@leakwatch/contracts';
import { MediaError } from './source.ts';

/**
 * Reads a file that a post names. Strangers write posts, so the name must stay below `folder`: no `..`, no absolute path,
 * no symbolic link, and no pipe or device.
 *
 * @throws MediaError with the name and the reason
 */
export async function openMediaFile(folder: string, file: string): Promise<Uint8Array> {
  if (isAbsolute(file) || file.split(/[/\\]/).includes('..') || file.includes('\0')) {
    throw new MediaError('media-refused', `\`${file}\` must be a path below the media folder`);
  }
  const path = await locate(folder, file);
  // Without O_NONBLOCK, opening a pipe would wait for ever for a writer.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return await readWhole(handle, file);
  } finally {
    await handle.close();
  }
}

async function locate(folder: string, file: string): Promise<string> {
  const root = await resolveOrMissing(folder, `the media folder \`${folder}\` does not exist`);
  const path = await resolveOrMissing(join(root, file), `\`${file}\` is not in the media folder`);
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new MediaError('media-refused', `\`${file}\` leads out of the media folder`);
  }
  return path;
}

async function resolveOrMissing(path: string, message: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw new MediaError('missing-media', `${message} (${codeOf(error)})`);
  }
}

async function readWhole(handle: FileHandle, file: string): Promise<Uint8Array> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw new MediaError('media-refused', `\`${file}\` is not a regular file`);
  if (stat.size > LIMITS.mediaBytes) {
    throw new MediaError(
      'media-too-large',
      `\`${file}\` has ${stat.size} bytes; the limit is ${LIMITS.mediaBytes}`,
    );
  }
  return handle.readFile();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
