import { hash } from 'node:crypto';
import { type NamedQuery } from '../queryable.ts';
import { StoreError } from '../store-error.ts';
import { BrokenEnvelopeError, escapeBytes, hasEnvelope, isSealed, openBytes } from './envelope.ts';
import { SEALED_FIELD, UnknownKeyError, type KeyRing } from './key-ring.ts';
import { SecretBytes, SecretJson, SecretLines } from './secret.ts';

/** Keeps the keys at hand. */
export interface KeySource {
  ring(): KeyRing;
  /** Whether there may be a newer key by now. */
  isOld(): boolean;
  reload(): Promise<KeyRing>;
}

/** Seals the values of statements, and opens what is sealed in answers. */
export interface Sealer {
  seal(values: readonly unknown[]): unknown[];
  /**
   * Looks for newer keys from time to time. Call it before a connection is taken: to look needs one, and with all of them
   * taken by those who wait for it, nobody would go on.
   */
  prepare(): Promise<void>;
  /** Changes rows in place. Several statements in one text answer without rows of their own. */
  open(rows: readonly unknown[] | undefined): Promise<void>;
  /** From then on values are sealed. */
  use(source: KeySource): void;
}

export function createSealer(): Sealer {
  let source: KeySource | null = null;

  const seal = (values: readonly unknown[]): unknown[] => {
    if (!values.some(isSecret)) return [...values];
    const ring = source?.ring() ?? null;
    return values.map((value) => sealOne(value, ring));
  };

  const prepare = async (): Promise<void> => {
    if (source?.isOld() === true) await source.reload();
  };

  const open = async (rows: readonly unknown[] | undefined): Promise<void> => {
    if (rows === undefined) return;
    if (source === null) {
      for (const row of rows) openRow(row, openWithoutKey);
      return;
    }
    // A row that is opened again with more keys holds values that were opened before.
    const opened = new WeakSet();
    const openWith =
      (ring: KeyRing): Opening =>
      (stored) => {
        if (typeof stored !== 'string' && opened.has(stored)) return stored;
        const value = typeof stored === 'string' ? ring.openJson(stored) : ring.open(stored);
        if (typeof value === 'object' && value !== null) opened.add(value);
        return value;
      };
    let opening = openWith(source.ring());
    let hasReloaded = false;
    for (let at = 0; at < rows.length; at += 1) {
      try {
        openRow(rows[at], opening);
      } catch (error) {
        if (error instanceof BrokenEnvelopeError) throw new StoreError('sealed-value-broken', error.message);
        if (!(error instanceof UnknownKeyError)) throw error;
        if (hasReloaded) {
          throw new StoreError(
            'unknown-data-key',
            `${error.message}, which the database does not have: restore the table data_key from the backup that the value comes from`,
          );
        }
        opening = openWith(await source.reload());
        hasReloaded = true;
        at -= 1;
      }
    }
  };

  return { seal, prepare, open, use: (given) => (source = given) };
}

/** A statement with its secrets sealed. Calls without values stay as they are. */
export function withSealedValues(sealer: Sealer, query: string | NamedQuery, values?: unknown[]): NamedQuery {
  const whole = typeof query === 'string' ? { text: query } : query;
  const given = values ?? whole.values;
  return given === undefined ? whole : { ...whole, values: sealer.seal(given) };
}

function isSecret(value: unknown): boolean {
  return (
    value instanceof SecretBytes ||
    value instanceof SecretJson ||
    value instanceof SecretLines ||
    (Array.isArray(value) && value.some(isSecret))
  );
}

/** A secret as it is stored where nothing is encrypted. */
export function plainValue(secret: SecretBytes | SecretJson): unknown {
  return sealOne(secret, null);
}

function sealOne(value: unknown, ring: KeyRing | null): unknown {
  if (value instanceof SecretBytes) {
    if (ring === null) return escapeBytes(value.bytes);
    if (value.sha256 !== undefined && hash('sha256', value.bytes) !== value.sha256) {
      throw new StoreError('query-failed', 'bytes to keep do not have the hash that names them');
    }
    return ring.seal(value.bytes);
  }
  if (value instanceof SecretJson) return ring === null ? value.text : ring.sealJson(value.text, value.clear);
  if (value instanceof SecretLines) return value.lines.map((line) => sealOne(line, ring)).join('\n');
  return Array.isArray(value) ? value.map((one: unknown) => sealOne(one, ring)) : value;
}

/** Opens bytes with an envelope, or the sealed field of an object. */
type Opening = (stored: Uint8Array | string) => unknown;

const openWithoutKey: Opening = (stored) => {
  if (typeof stored === 'string' || isSealed(stored)) {
    throw new StoreError('no-master-key', NO_MASTER_KEY);
  }
  return openBytes(stored, (id) => {
    throw new UnknownKeyError(id);
  });
};

/** The message for whoever starts leakwatch without the key. */
export const NO_MASTER_KEY =
  'this database is encrypted and no master key is set: give LEAKWATCH_MASTER_KEY_FILE, LEAKWATCH_MASTER_KEY or ' +
  'LEAKWATCH_MASTER_KEY_COMMAND (docs/operate/encryption.md)';

function openRow(row: unknown, opening: Opening): void {
  if (!isObject(row)) return;
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'object' && value !== null) row[name] = openValue(value, opening);
  }
}

/** Matches a sealed field: no text of a post stands at this place of our JSON, and no other text looks so. */
const SEALED_TEXT = /^[0-9a-f]{16}\./;

function openValue(value: object, opening: Opening): unknown {
  if (value instanceof Uint8Array) {
    return hasEnvelope(value) ? opening(value) : value;
  }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const inner: unknown = value[at];
      if (typeof inner === 'object' && inner !== null) value[at] = openValue(inner, opening);
    }
    return value;
  }
  if (!isObject(value)) return value;
  const sealed = value[SEALED_FIELD];
  if (typeof sealed === 'string' && SEALED_TEXT.test(sealed)) return opening(sealed);
  openRow(value, opening);
  return value;
}

/** A row, or an object of JSON: not a date. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
}
