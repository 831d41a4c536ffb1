import { hkdfSync, randomBytes } from 'node:crypto';
import { type SealingKey } from './envelope.ts';

const SALT_BYTES = 16;
/** With random nonces, so many messages under one key collide with a probability of 2⁻⁵⁷. */
const MESSAGES_PER_SALT = 2 ** 20;
/** Each process and each million messages have a salt: readers keep the derived keys of those they saw last. */
const KEYS_REMEMBERED = 1000;

/** A data key. Messages are sealed under keys derived from it, so that no key ever seals too many. */
export class DataKey {
  readonly id: Buffer;
  readonly #secret: Buffer;
  readonly #derived = new Map<string, Buffer>();
  #current: SealingKey | null = null;
  #messages = 0;

  constructor(id: Buffer, secret: Buffer) {
    this.id = id;
    this.#secret = secret;
  }

  /** The key for the next message. */
  forSealing(): SealingKey {
    if (this.#current === null || this.#messages >= MESSAGES_PER_SALT) {
      const salt = randomBytes(SALT_BYTES);
      this.#current = { id: this.id, salt, key: this.derive(salt) };
      this.#messages = 0;
    }
    this.#messages += 1;
    return this.#current;
  }

  derive(salt: Buffer): Buffer {
    const name = salt.toString('latin1');
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#secret, salt, 'leakwatch sealing', 32));
    const [oldest] = this.#derived.keys();
    if (this.#derived.size >= KEYS_REMEMBERED && oldest !== undefined) this.#derived.delete(oldest);
    this.#derived.set(name, key);
    return key;
  }
}
