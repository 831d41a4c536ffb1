import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/**
 * The form of sealed bytes. A part is
 *
 *   magic (4) │ kind (1) │ number (4) │ key id (8) │ salt (16) │ nonce (12) │ cipher text │ tag (16)
 *
 * in AES-256-GCM; all before the nonce is authenticated. Long bytes are several parts of {@link PART_BYTES}, so that a
 * reader may take them one by one.
 */
const MAGIC = Buffer.from([0xff, 0x4c, 0x57, 0x53]);
const SEALED = 1;
/** Plain bytes that happen to begin with the magic: they follow the kind. */
const ESCAPED = 0;

const NUMBER_AT = 5;
const KEY_AT = 9;
const SALT_AT = KEY_AT + 8;
const NONCE_AT = SALT_AT + 16;
const TEXT_AT = NONCE_AT + 12;
const TAG_BYTES = 16;
const OVERHEAD = TEXT_AT + TAG_BYTES;

/** The stored length of every part but the last. */
export const PART_BYTES = 1024 * 1024;
const PLAIN_PER_PART = PART_BYTES - OVERHEAD;

/** The key for one message or many. */
export interface SealingKey {
  /** Eight bytes. */
  readonly id: Buffer;
  /** Sixteen bytes, from which `key` was derived. */
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Gives the key of a part; throws if there is none. */
export type KeyFinder = (id: string, salt: Buffer) => Buffer;

/** Whether stored bytes are not what they look like: sealed, or escaped. */
export function hasEnvelope(bytes: Uint8Array): boolean {
  return (
    bytes.byteLength > MAGIC.length &&
    bytes[0] === MAGIC[0] &&
    bytes[1] === MAGIC[1] &&
    bytes[2] === MAGIC[2] &&
    bytes[3] === MAGIC[3]
  );
}

/** Whether stored bytes need a key. */
export function isSealed(bytes: Uint8Array): boolean {
  return hasEnvelope(bytes) && bytes[MAGIC.length] === SEALED;
}

/** Bytes to store as they are. */
export function escapeBytes(bytes: Uint8Array): Buffer {
  const own = asBuffer(bytes);
  return hasEnvelope(own) ? Buffer.concat([MAGIC, Buffer.from([ESCAPED]), own]) : own;
}

export function sealBytes(plain: Uint8Array, key: SealingKey): Buffer {
  const own = asBuffer(plain);
  if (own.byteLength <= PLAIN_PER_PART) return sealPart(own, 0, key);
  const parts: Buffer[] = [];
  for (let at = 0; at < own.byteLength; at += PLAIN_PER_PART) {
    parts.push(sealPart(own.subarray(at, at + PLAIN_PER_PART), parts.length, key));
  }
  return Buffer.concat(parts);
}

/** Nonces are cut from a reserve: to ask for twelve bytes at a time costs more than to encrypt a caption. */
const reserve = Buffer.alloc(4092);
let reserveAt = reserve.byteLength;

function nextNonce(): Buffer {
  if (reserveAt >= reserve.byteLength) {
    randomFillSync(reserve);
    reserveAt = 0;
  }
  reserveAt += 12;
  return reserve.subarray(reserveAt - 12, reserveAt);
}

function sealPart(plain: Buffer, number: number, { id, salt, key }: SealingKey): Buffer {
  const sealed = Buffer.allocUnsafe(OVERHEAD + plain.byteLength);
  MAGIC.copy(sealed);
  sealed[MAGIC.length] = SEALED;
  sealed.writeUInt32BE(number, NUMBER_AT);
  id.copy(sealed, KEY_AT);
  salt.copy(sealed, SALT_AT);
  nextNonce().copy(sealed, NONCE_AT);
  const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(NONCE_AT, TEXT_AT));
  cipher.setAAD(sealed.subarray(0, NONCE_AT));
  cipher.update(plain).copy(sealed, TEXT_AT);
  cipher.final();
  cipher.getAuthTag().copy(sealed, TEXT_AT + plain.byteLength);
  return sealed;
}

/** Opening failed: the bytes were changed, or are cut off. */
export class BrokenEnvelopeError extends Error {
  override readonly name = 'BrokenEnvelopeError';
}

/**
 * Gives the bytes behind an envelope: all, or a stretch of whole parts.
 *
 * @throws BrokenEnvelopeError, and what `findKey` throws
 */
export function openBytes(stored: Uint8Array, findKey: KeyFinder): Buffer {
  const own = asBuffer(stored);
  if (own[MAGIC.length] === ESCAPED) return own.subarray(MAGIC.length + 1);
  const parts: Buffer[] = [];
  let expected: number | null = null;
  for (let at = 0; at < own.byteLength; at += PART_BYTES) {
    const part = own.subarray(at, at + PART_BYTES);
    if (!isSealed(part) || part.byteLength < OVERHEAD)
      throw new BrokenEnvelopeError('sealed bytes are cut off');
    const number = part.readUInt32BE(NUMBER_AT);
    if (expected !== null && number !== expected)
      throw new BrokenEnvelopeError('parts of sealed bytes are out of order');
    expected = number + 1;
    parts.push(openPart(part, findKey));
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}

function openPart(part: Buffer, findKey: KeyFinder): Buffer {
  const key = findKey(part.toString('hex', KEY_AT, SALT_AT), part.subarray(SALT_AT, NONCE_AT));
  const end = part.byteLength - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, part.subarray(NONCE_AT, TEXT_AT));
  decipher.setAAD(part.subarray(0, NONCE_AT));
  decipher.setAuthTag(part.subarray(end));
  const plain = decipher.update(part.subarray(TEXT_AT, end));
  try {
    decipher.final();
  } catch {
    throw new BrokenEnvelopeError('sealed bytes were changed since they were written');
  }
  return plain;
}

/** The length of the bytes behind an envelope of a kind, from their stored length. */
export function plainLength(storedBytes: number, kind: number): number {
  if (kind === ESCAPED) return storedBytes - MAGIC.length - 1;
  return storedBytes - Math.ceil(storedBytes / PART_BYTES) * OVERHEAD;
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
