import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainJson } from '../yaml/parse-plain-json.ts';

describe('plain JSON is read at once', () => {
  it.each([
    ['an object', '{"a": 1}', { a: 1 }],
    ['with space before it and around its colons', ' \n{"a"\t\r\n : {"b" :2}}', { a: { b: 2 } }],
    [
      'with quotes, backslashes and colons in its text',
      String.raw`{"a\":": "b\\", "c": "\": "}`,
      { 'a":': 'b\\', c: '": ' },
    ],
    ['with objects in lists', '{"a": [{"b": 1}, {"b": null}, ["b"]]}', { a: [{ b: 1 }, { b: null }, ['b']] }],
    ['without keys', '{}', {}],
  ])('%s', (_name, text, value) => {
    expect(parsePlainJson(text)).toEqual(value);
  });

  it('whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (held) => {
        fc.pre(
          !/\\u|[\u007f-\u009f\ufffd]/.test(JSON.stringify(held)) &&
            !JSON.stringify(held).includes('__proto__'),
        );
        fc.pre(!/\\[bf]/.test(JSON.stringify(held)));
        expect(parsePlainJson(JSON.stringify(held))).toEqual(JSON.parse(JSON.stringify(held)));
      }),
    );
  });
});

describe('left to the reader with positions is', () => {
  it.each([
    ['YAML', 'a: 1'],
    ['a list', '[1]'],
    ['what is not finished', '{"a": 1'],
    ['a string without end', '{"a": "b'],
    ['a key twice', '{"a": 1, "a": 2}'],
    ['a key twice, further in', '{"a": [{"b": 1, "b": 1}]}'],
    ['a control character in a text', '{"a": "b\\u0000"}'],
    ['a control character in a key', '{"a\\u0000": "b"}'],
    ['half a surrogate pair', '{"a": ["\\ud800"]}'],
    ['a control character in both', '{"a\\u0000": "b\\u0000"}'],
    ['a list too deep for the stack', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('%s', (_name, text) => {
    expect(parsePlainJson(text)).toBeUndefined();
  });
});
