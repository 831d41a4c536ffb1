import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Credential {
  readonly token: string;
  /** The file that holds it, for people who must renew it. */
  readonly file: string;
}

/** Tokens for hosts that want one. Each is a file `PLATFORM@HOST` in one folder; it is read at each poll, so a new one needs no restart. */
export interface Credentials {
  /** Null without a token for the host. */
  find(platform: string, host: string): Promise<Credential | null>;
  /** The file to put a token into, for messages. */
  fileFor(platform: string, host: string): string;
  /** Tells once that a token was refused, until it is accepted again. */
  noteRefused(credential: Credential): void;
  noteAccepted(credential: Credential): void;
}

/** Thrown for a file that holds no token. */
export class CredentialError extends Error {
  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.name = 'CredentialError';
  }
}

const LONGEST_TOKEN = 8192;

/**
 * @param folder - null: there are no credentials
 * @param onRefused - hears of a refused token, once; it must not name the host, which may be a creator's
 */
export function createCredentials(folder: string | null, onRefused: () => void): Credentials {
  const refused = new Set<string>();
  const nameOf = (platform: string, host: string) => `${platform}@${host}`;
  return {
    find: async (platform, host) => {
      if (folder === null) return null;
      const file = path.join(folder, nameOf(platform, host));
      const text = await readIfThere(file);
      if (text === null) return null;
      const token = text.trim();
      if (!/^[\x21-\x7e]+$/.test(token) || token.length > LONGEST_TOKEN) {
        throw new CredentialError(file, 'must hold one token, without spaces');
      }
      return { token, file };
    },
    fileFor: (platform, host) =>
      folder === null
        ? `\`${nameOf(platform, host)}\` in the folder of LEAKWATCH_CREDENTIALS_DIR`
        : path.join(folder, nameOf(platform, host)),
    noteRefused: ({ file }) => {
      if (refused.has(file)) return;
      refused.add(file);
      onRefused();
    },
    noteAccepted: ({ file }) => void refused.delete(file),
  };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new CredentialError(file, 'cannot be read');
  }
}
