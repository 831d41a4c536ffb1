import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** The key that wraps data keys. It never touches the database. */
export interface MasterKey {
  readonly bytes: Buffer;
  /** Where it came from, for messages: the name of a setting. */
  readonly source: string;
}

const KEY_BYTES = 32;

/** Reads 32 bytes from base64 or hexadecimal digits; null if the text is something else. */
export function parseMasterKey(text: string): Buffer | null {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return null;
  const bytes = Buffer.from(trimmed, 'base64');
  return bytes.byteLength === KEY_BYTES ? bytes : null;
}

export function inventMasterKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/** Tells master keys apart, and says nothing of them. */
export function fingerprintOf({ bytes }: MasterKey): string {
  return createHmac('sha256', bytes).update('leakwatch master key').digest('hex').slice(0, 12);
}

export function wrapKey(key: Buffer, master: MasterKey, id: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master.bytes, nonce);
  cipher.setAAD(id);
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** Null: another master key has wrapped it, or it was changed. */
export function unwrapKey(wrapped: Buffer, master: MasterKey, id: Buffer): Buffer | null {
  const end = wrapped.byteLength - 16;
  if (end !== 12 + KEY_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', master.bytes, wrapped.subarray(0, 12));
  decipher.setAAD(id);
  decipher.setAuthTag(wrapped.subarray(end));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(12, end)), decipher.final()]);
  } catch {
    return null;
  }
}
