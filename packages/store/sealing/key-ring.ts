import { StoreError } from '../store-error.ts';
import { type DataKey } from './data-key.ts';
import { openBytes, sealBytes, type KeyFinder } from './envelope.ts';

/** A value names a data key that this process has not loaded. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  readonly keyId: string;

  constructor(keyId: string) {
    super(`a value is sealed with the data key ${keyId}`);
    this.keyId = keyId;
  }
}

/** The field of a JSON object that holds what is sealed. Fields beside it are readable in SQL. */
export const SEALED_FIELD = '$sealed';

/** Data keys: the newest seals, all open. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, DataKey>;
  readonly newest: DataKey;

  constructor(keys: readonly DataKey[]) {
    const newest = keys.at(-1);
    if (newest === undefined) throw new StoreError('unknown-data-key', 'the database has no data key');
    this.newest = newest;
    this.#keys = new Map(keys.map((key) => [key.id.toString('hex'), key]));
  }

  get newestId(): string {
    return this.newest.id.toString('hex');
  }

  find(id: string): DataKey | undefined {
    return this.#keys.get(id);
  }

  seal(plain: Uint8Array): Buffer {
    return sealBytes(plain, this.newest.forSealing());
  }

  /** @throws UnknownKeyError, BrokenEnvelopeError */
  open(stored: Uint8Array): Buffer {
    return openBytes(stored, this.#find);
  }

  /**
   * @param clear - fields that SQL may read; they are not secret
   */
  sealJson(text: string, clear: object): string {
    const sealed = this.seal(Buffer.from(text)).toString('base64');
    return JSON.stringify({ [SEALED_FIELD]: `${this.newestId}.${sealed}`, ...clear });
  }

  /** @param sealed - the sealed field, with its prefix */
  openJson(sealed: string): unknown {
    return JSON.parse(this.open(Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64')).toString());
  }

  readonly #find: KeyFinder = (id, salt) => {
    const key = this.#keys.get(id);
    if (key === undefined) throw new UnknownKeyError(id);
    return key.derive(salt);
  };
}
