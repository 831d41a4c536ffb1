/**
 * A value to store that nobody may read in the database, its dumps or its write-ahead log. The store seals it on its way
 * into a statement, and opens it in answers.
 */
export class SecretBytes {
  readonly bytes: Uint8Array;
  /** Checked where the bytes are sealed; elsewhere a constraint of the table checks it. */
  readonly sha256: string | undefined;

  constructor(bytes: Uint8Array, sha256?: string) {
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** The driver calls this for a value that went past the store. */
  toPostgres(): never {
    throw new TypeError('a secret must go through a store');
  }
}

/** The same for a column of type json. */
export class SecretJson {
  readonly text: string;
  readonly clear: object;

  constructor(text: string, clear: object) {
    this.text = text;
    this.clear = clear;
  }

  toPostgres(): never {
    throw new TypeError('a secret must go through a store');
  }
}

/** Several for one parameter of type text, each on a line of its own: Postgres takes an array apart character by character. */
export class SecretLines {
  readonly lines: readonly SecretJson[];

  constructor(lines: readonly SecretJson[]) {
    this.lines = lines;
  }

  toPostgres(): never {
    throw new TypeError('a secret must go through a store');
  }
}

/** @param must.sha256 - the hash that the bytes must have, if sealed: a database can't check it where it does not see them */
export function secretBytes(bytes: Uint8Array, must: { readonly sha256?: string } = {}): SecretBytes {
  return new SecretBytes(bytes, must.sha256);
}

/** @param clear - fields that stand beside what is sealed, for SQL to find; they are not secret */
export function secretJson(value: unknown, clear: object = {}): SecretJson {
  return new SecretJson(JSON.stringify(value), clear);
}
