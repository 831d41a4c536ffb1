import { sha256Hex } from '@leakwatch/contracts';

export interface ShelvedFile {
  readonly path: string;
  /** The hash of the bytes as written. */
  readonly sha256: string;
  readonly bytes: number;
  /** The hash under which they were preserved; null for files made by the export. It differs if they changed since. */
  readonly preservedAs: string | null;
}

/** Files that are each written once, even if several occurrences share them. */
export interface Shelf {
  /** Writes a file unless it is there already. Gives its path, which differs if other bytes have the path. */
  put(path: string, bytes: Uint8Array, about: { readonly preservedAs: string | null }): Promise<string>;
  /** The path of a file that was put under this path; null if none was. */
  find(path: string, preservedAs: string): string | null;
  files(): readonly ShelvedFile[];
}

export function createShelf(write: (path: string, bytes: Uint8Array) => Promise<void>): Shelf {
  const files = new Map<string, ShelvedFile>();

  const find = (path: string, is: (file: ShelvedFile) => boolean): { path: string; isThere: boolean } => {
    for (let n = 1; ; n += 1) {
      const candidate = numbered(path, n);
      const file = files.get(candidate);
      if (file === undefined || is(file)) return { path: candidate, isThere: file !== undefined };
    }
  };

  return {
    put: async (wanted, bytes, { preservedAs }) => {
      const sha256 = sha256Hex(bytes);
      const { path, isThere } = find(
        wanted,
        (file) => file.sha256 === sha256 && file.preservedAs === preservedAs,
      );
      if (isThere) return path;
      await write(path, bytes);
      files.set(path, { path, sha256, bytes: bytes.byteLength, preservedAs });
      return path;
    },
    find: (wanted, preservedAs) => {
      const { path, isThere } = find(wanted, (file) => file.preservedAs === preservedAs);
      return isThere ? path : null;
    },
    files: () => [...files.values()],
  };
}

/** `0.jpeg`, `0-2.jpeg`, `0-3.jpeg` … */
function numbered(path: string, n: number): string {
  return n === 1 ? path : path.replace(/(\.[a-z0-9]+)$/, `-${n}$1`);
}
