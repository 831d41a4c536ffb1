import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StoreError } from '../store-error.ts';
import { parseMasterKey, type MasterKey } from './master-key.ts';

/** Where the master key is: at most one of these. */
export interface MasterKeyPlace {
  readonly file?: string | undefined;
  readonly value?: string | undefined;
  /** A command of the shell that prints the key, such as a KMS's client. */
  readonly command?: string | undefined;
}

const COMMAND_MS = 60_000;
const WHAT_A_KEY_IS = '32 bytes in base64 or hexadecimal digits, as `leakwatch keys generate` prints them';

/**
 * Reads the master key; null if no place is named. Messages never hold the key.
 *
 * @throws StoreError saying which setting is wrong, and how
 */
export async function readMasterKey({ file, value, command }: MasterKeyPlace): Promise<MasterKey | null> {
  if (file !== undefined) return parse(await readKeyFile(file), `the file ${file}`, file);
  if (value !== undefined) return parse(value, 'LEAKWATCH_MASTER_KEY', 'LEAKWATCH_MASTER_KEY');
  if (command !== undefined) {
    return parse(
      await askCommand(command),
      'what LEAKWATCH_MASTER_KEY_COMMAND printed',
      'LEAKWATCH_MASTER_KEY_COMMAND',
    );
  }
  return null;
}

function parse(text: string, what: string, source: string): MasterKey {
  const bytes = parseMasterKey(text);
  if (bytes !== null) return { bytes, source };
  throw new StoreError('bad-master-key', `${what} is no master key: it must be ${WHAT_A_KEY_IS}`);
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError('bad-master-key', `the file of the master key can't be read: ${why}`, {
      cause: error,
    });
  }
}

async function askCommand(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], {
      timeout: COMMAND_MS,
      maxBuffer: 4096,
    });
    return stdout;
  } catch (error) {
    // Neither the command nor its output is shown: both may hold secrets.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StoreError(
      'bad-master-key',
      `LEAKWATCH_MASTER_KEY_COMMAND failed (exit code ${code}): run it by hand to see why`,
    );
  }
}
