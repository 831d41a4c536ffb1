import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Verified for a name that no account has, so that its answer takes as long. */
let nobodysHash: Promise<string> | null = null;

/** @param known - the account's hash; null if there is no such account, or it has no password yet */
export async function isPassword(known: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(newSecret());
  const isRight = await verify(known ?? (await nobodysHash), password);
  return isRight && known !== null;
}

/** 256 random bits, fit for a cookie, a header and an address. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The tables hold hashes: their reader can not use a session, a token or a link. A secret of 256 bits needs no salt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
