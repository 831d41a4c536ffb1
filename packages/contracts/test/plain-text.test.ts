import { describe, expect, it } from 'vitest';
import { escapedJson, plainJson, withoutSteering } from '../index.ts';

/** Each would steer a terminal, or turn the order in which a line is read. */
const HOSTILE = [
  ['an escape sequence', '\u001b]0;title\u0007'],
  ['an eight-bit sequence', '\u009b2J'],
  ['a backspace', 'ok\b\b'],
  ['an override of direction', '\u202egpj.exe'],
  ['an isolate', '\u2067x\u2069'],
  ['a mark of direction', '\u200fx'],
] as const;

describe('output about what strangers wrote', () => {
  it.each(HOSTILE)('holds no %s, and keeps its length', (_name, text) => {
    const plain = withoutSteering(text);
    expect(plain).toHaveLength(text.length);
    expect(plain).toContain('\ufffd');
    // eslint-disable-next-line no-control-regex
    expect(plain).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(JSON.parse(plainJson({ deep: [text] }))).toEqual({ deep: [plain] });
  });

  it.each(HOSTILE)('holds %s as an escape where the value must stay', (_name, text) => {
    const json = escapedJson({ text });
    expect(JSON.parse(json)).toEqual({ text });
    // eslint-disable-next-line no-control-regex
    expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200f\u202a-\u202e\u2066-\u2069]/);
  });

  it('leaves lines, tabs, joined emoji and words of every script', () => {
    for (const text of ['a\tb\r\nc', '👩‍👩‍👧', 'می‌خواهم', 'שלום', 'क्‍ष']) {
      expect(withoutSteering(text)).toBe(text);
      expect(JSON.parse(plainJson(text))).toBe(text);
    }
  });

  it('writes dates and absent values as JSON does', () => {
    const value = { at: new Date(0), none: null, left: undefined, list: [1, true] };
    expect(plainJson(value)).toBe(JSON.stringify(value));
  });
});
