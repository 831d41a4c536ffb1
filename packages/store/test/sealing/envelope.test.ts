import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataKey } from '../../sealing/data-key.ts';
import {
  BrokenEnvelopeError,
  escapeBytes,
  hasEnvelope,
  isSealed,
  openBytes,
  PART_BYTES,
  plainLength,
  sealBytes,
} from '../../sealing/envelope.ts';
import { KeyRing, UnknownKeyError } from '../../sealing/key-ring.ts';
import { inventMasterKey, parseMasterKey, unwrapKey, wrapKey } from '../../sealing/master-key.ts';

const key = new DataKey(randomBytes(8), randomBytes(32));
const ring = new KeyRing([key]);
const open = (stored: Uint8Array) => openBytes(stored, (_id, salt) => key.derive(salt));

describe('sealed bytes', () => {
  it('are what they were, and show nothing of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 4000 }), (plain) => {
        const sealed = ring.seal(plain);
        expect(isSealed(sealed)).toBe(true);
        expect(ring.open(sealed)).toEqual(Buffer.from(plain));
        expect(plainLength(sealed.byteLength, 1)).toBe(plain.byteLength);
        if (plain.byteLength >= 8) expect(sealed.includes(Buffer.from(plain))).toBe(false);
      }),
    );
  });

  it('differ each time', () => {
    expect(ring.seal(Buffer.from('Orsavelle'))).not.toEqual(ring.seal(Buffer.from('Orsavelle')));
  });

  it.each([0, 1, PART_BYTES - 61, PART_BYTES - 60, PART_BYTES, 3 * PART_BYTES + 5])(
    'of %d bytes are parts that open one by one',
    (length) => {
      const plain = randomBytes(length);
      const sealed = ring.seal(plain);
      expect(open(sealed).equals(plain)).toBe(true);
      expect(plainLength(sealed.byteLength, 1)).toBe(length);
      const parts: Buffer[] = [];
      for (let at = 0; at < sealed.byteLength; at += PART_BYTES)
        parts.push(open(sealed.subarray(at, at + PART_BYTES)));
      expect(Buffer.concat(parts).equals(plain)).toBe(true);
    },
  );

  it('are refused if a bit was changed, the end is cut off or the parts are in another order', () => {
    const sealed = ring.seal(Buffer.from('Noctelle Crème'));
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: sealed.byteLength - 1 }),
        fc.integer({ min: 0, max: 7 }),
        (at, bit) => {
          const changed = Buffer.from(sealed);
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          expect(() => ring.open(changed)).toThrow();
        },
      ),
    );
    for (let end = 5; end < sealed.byteLength; end += 1) {
      expect(() => ring.open(sealed.subarray(0, end))).toThrow(BrokenEnvelopeError);
    }
    const long = sealBytes(randomBytes(2 * PART_BYTES), key.forSealing());
    const swapped = Buffer.concat([
      long.subarray(PART_BYTES, 2 * PART_BYTES),
      long.subarray(0, PART_BYTES),
      long.subarray(2 * PART_BYTES),
    ]);
    expect(() => ring.open(swapped)).toThrow('out of order');
  });

  it('name their key, if it is not at hand', () => {
    const other = new KeyRing([new DataKey(randomBytes(8), randomBytes(32))]);
    expect(() => other.open(ring.seal(Buffer.from('x')))).toThrow(UnknownKeyError);
    const both = new KeyRing([key, other.newest]);
    expect(both.open(ring.seal(Buffer.from('x'))).toString()).toBe('x');
    expect(both.newestId).toBe(other.newestId);
  });
});

describe('plain bytes', () => {
  it('stay as they are, even if they look sealed', () => {
    const fake = [
      ring.seal(Buffer.from('x')),
      Buffer.from([0xff, 0x4c, 0x57, 0x53, 1]),
      escapeBytes(ring.seal(Buffer.from('x'))),
    ];
    for (const plain of [Buffer.from('{}'), Buffer.alloc(0), ...fake]) {
      const stored = escapeBytes(plain);
      expect(isSealed(stored)).toBe(false);
      expect(hasEnvelope(stored) ? open(stored) : stored).toEqual(plain);
    }
  });
});

describe('a master key', () => {
  it('is read from base64 and hexadecimal digits, and from nothing else', () => {
    const text = inventMasterKey();
    const bytes = parseMasterKey(` ${text}\n`);
    expect(bytes?.byteLength).toBe(32);
    expect(parseMasterKey(bytes?.toString('hex') ?? '')).toEqual(bytes);
    for (const wrong of ['', 'password', text.slice(0, 40), `${text}AAAA`, 'z'.repeat(64)]) {
      expect(parseMasterKey(wrong)).toBeNull();
    }
  });

  it('opens what it wrapped, and nothing else does', () => {
    const master = { bytes: randomBytes(32), source: 'a test' };
    const id = randomBytes(8);
    const secret = randomBytes(32);
    const wrapped = wrapKey(secret, master, id);
    expect(unwrapKey(wrapped, master, id)).toEqual(secret);
    expect(unwrapKey(wrapped, { bytes: randomBytes(32), source: 'another' }, id)).toBeNull();
    expect(unwrapKey(wrapped, master, randomBytes(8))).toBeNull();
    expect(unwrapKey(wrapped.subarray(1), master, id)).toBeNull();
  });
});
