import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeProblem, parseWatchList, WatchListError, YamlSource } from '../index.ts';

/** A file with one term, whose text is given as YAML. */
function withTerm(text: string): string {
  return `campaigns:\n  - id: c\n    name: C\n    terms:\n      - id: t\n        text: ${text}\n`;
}

function problemsOf(text: string): string[] {
  return new YamlSource(text).problems.map((problem) => describeProblem('f.yaml', problem));
}

describe('a YAML file that would not say what its author meant is refused, with the place', () => {
  it.each([
    [
      'an unknown tag',
      withTerm('!Quillon Ember'),
      '6:15',
      'campaigns[0].terms[0].text: `!Quillon` is a YAML tag',
    ],
    ['a tag without a name', withTerm('! Ember'), '6:15', 'campaigns[0].terms[0].text: `!` is a YAML tag'],
    ['a tag and nothing else', withTerm('!Ember'), '6:15', 'campaigns[0].terms[0].text: `!Ember` is'],
    ['a tag of YAML', 'a: !!str 5', '1:4', 'a: `!!str` is a YAML tag'],
    ['binary data', 'a: [1, !!binary aGVsbG8=]', '1:8', 'a[1]: `!!binary` is a YAML tag'],
    ['a tag on a map', 'a: !x { b: c }', '1:4', 'a: `!x` is a YAML tag'],
    ['a tag on a key', '!x a: 1', '1:1', '`!x` is a YAML tag'],
    ['a function', 'a: !!js/function "function(){}"', '1:4', 'a: `!!js/function` is a YAML tag'],
    ['a merge key', 'x: &x { id: a }\ny:\n  <<: *x', '3:3', 'y.<<: merge keys are not read'],
    ['a version of YAML', '%YAML 1.1\n---\na: yes', '1:1', 'the directive `%YAML 1.1` is not read'],
    ['a directive and nothing else', '%YAML 1.2\n---\n', '1:1', 'the directive `%YAML 1.2` is not read'],
    ['a tag behind a list that is a key', '? [a, b]\n: !x 1', '2:3', '?: `!x` is a YAML tag'],
    ['a key twice', 'a: 1\nb: 2\na: 3', '3:1', 'Map keys must be unique'],
    ['a key twice in JSON', '{"a": 1, "a": 2}', '1:10', 'Map keys must be unique'],
    ['two documents', 'a: 1\n---\na: 2', '2:1', 'a second document begins here'],
    ['an alias of nothing', 'a: *b', '1:4', 'a: the alias `*b` refers to no anchor'],
    ['an alias of itself', 'a: &a [*a]', '1:8', 'a[0]: the alias `*a` refers to itself'],
    ['lost characters', 'a: 1\nb: Cr\uFFFDme', '2:6', 'not UTF-8, or U+FFFD'],
    ['a lost character, escaped', 'a: "Cr\\uFFFDme"', '1:4', 'a: not UTF-8, or U+FFFD'],
    ['NUL', 'a: x\u0000y', '1:5', 'the control character U+0000 is not allowed'],
    ['NUL, escaped', 'a: "x\\0y"', '1:4', 'a: the control character U+0000 is not allowed'],
    ['an escape of terminals', 'a: x\u001b[31m', '1:5', 'the control character U+001B'],
    ['half a surrogate pair', 'a: x\ud800y', '1:5', 'U+D800 is half a surrogate pair'],
    ['half a surrogate pair, escaped', 'a: "x\\ud800"', '1:4', 'a: U+D800 is half a surrogate pair'],
    ['such a character in a key', '"x\\0": 1', '1:1', 'the control character U+0000'],
    ['flow collections without end', '['.repeat(100_000), '1:65', 'nested too deep'],
    ['maps without end', '{a: '.repeat(65), '1:257', 'nested too deep'],
    ['keys within one line', '? '.repeat(66) + 'a', '1:129', 'nested too deep'],
    ['NUL after an empty line', '\na: \u0000', '2:4', 'the control character U+0000'],
    ['lists within one line', '- '.repeat(70) + 'x', '1:129', 'nested too deep'],
  ])('%s', (_name, text, place, message) => {
    expect(problemsOf(text)[0]).toContain(`f.yaml:${place}: ${message}`);
    expect(new YamlSource(text).value).toBeUndefined();
  });

  it('names each of several', () => {
    expect(problemsOf('a: !x 1\nb: [!y 2, "\\0"]\n<<: 3')).toHaveLength(4);
  });

  it('reads Latin-1 and UTF-16 as what they are not, and says so for ten lines at most', () => {
    const french = Array.from({ length: 30 }, (_, n) => `k${n}: Crème brûlée`).join('\n');
    const latin1 = problemsOf(Buffer.from(french, 'latin1').toString('utf8'));
    expect(latin1).toHaveLength(10);
    expect(latin1[9]).toContain('f.yaml:10:7: not UTF-8');
    expect(problemsOf(Buffer.from('\uFEFFa: 1', 'utf16le').toString('utf8'))[0]).toContain(
      'f.yaml:1:1: not UTF-8',
    );
    expect(problemsOf(french)).toEqual([]);
    expect(problemsOf(`\uFEFF${french}`)).toEqual([]);
  });

  it('names them in their order, tags and the rest', () => {
    const text = 'a: "\\0"\nb: !x 1\n<<: 2\nc: !y 3\n';
    expect(problemsOf(text).map((problem) => problem.split(':')[1])).toEqual(['1', '2', '3', '4']);
    // The tag stands before the key whose name is refused.
    expect(problemsOf('!x <<: 1').map((problem) => problem.split(': ')[0])).toEqual([
      'f.yaml:1:1',
      'f.yaml:1:4',
    ]);
  });

  it('says the place of broken YAML once, in one line', () => {
    const [problem = ''] = problemsOf('a: [');
    expect(problem).toMatch(/^f\.yaml:1:5: \S/);
    expect(problem).not.toMatch(/at line|\n/);
  });

  it('allows lists and maps 64 levels deep, side by side as often as one likes', () => {
    expect(problemsOf('['.repeat(64) + ']'.repeat(64))).toEqual([]);
    expect(problemsOf('['.repeat(65) + ']'.repeat(65))).toHaveLength(1);
    expect(problemsOf(`[${'[], {}, '.repeat(100)}]`)).toEqual([]);
    expect(problemsOf('- - x\n'.repeat(100))).toEqual([]);
  });

  it('counts what aliases repeat', () => {
    const row = (name: string, item: string) =>
      `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
    const bomb = [row('a', 'x'), row('b', '*a'), row('c', '*b'), row('d', '*c'), row('e', '*d')].join('\n');
    expect(problemsOf(bomb)).toEqual([
      expect.stringMatching(/^f\.yaml:4:\d+: d\[\d\]: the aliases up to here repeat more than 5000 values$/),
    ]);
    const honest = ['x: &x { at: 1 }', ...Array.from({ length: 1_500 }, (_, n) => `k${n}: *x`)].join('\n');
    expect(problemsOf(honest)).toEqual([]);
    // The map counts 25: itself, twelve keys, twelve values.
    const map = Array.from({ length: 12 }, (_, n) => `a${n}: ${n}`).join(', ');
    const repeat = (times: number) =>
      [`x: &x { ${map} }`, ...Array.from({ length: times }, (_, n) => `k${n}: *x`)].join('\n');
    expect(problemsOf(repeat(200))).toEqual([]);
    expect(problemsOf(repeat(203))).toEqual([expect.stringMatching(/^f\.yaml:202:7: k200: the aliases/)]);
  });
});

describe('a YAML file is read', () => {
  it('with exclamation and percent marks in its text', () => {
    const text = 'a: "!no"\nb: Yes! 100 %\nc: |\n  !none\n  %none\nd: [x!, "%y"] # !z\n';
    expect(new YamlSource(text).value).toEqual({
      a: '!no',
      b: 'Yes! 100 %',
      c: '!none\n%none\n',
      d: ['x!', '%y'],
    });
  });

  it('with aliases', () => {
    expect(new YamlSource('a: &a { b: 1 }\nc: [*a, *a]').value).toEqual({
      a: { b: 1 },
      c: [{ b: 1 }, { b: 1 }],
    });
  });

  it('against a schema, with the place of what does not fit', () => {
    const schema = z.strictObject({ a: z.array(z.number()) });
    expect(new YamlSource('a: [1, 2]').check(schema)).toEqual({ ok: true, value: { a: [1, 2] } });
    expect(new YamlSource('\na: [1, x]\n').check(schema)).toMatchObject({
      ok: false,
      problems: [{ place: { line: 2, column: 8 }, path: ['a', 1] }],
    });
    expect(new YamlSource('b: !x 1').check(schema)).toMatchObject({ ok: false, problems: [{ path: ['b'] }] });
    expect(new YamlSource('').check(schema)).toMatchObject({
      ok: false,
      problems: [{ place: null, path: [] }],
    });
  });

  it('as JSON would be read', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.array(fc.string()))),
        (held) => {
          fc.pre(!JSON.stringify(held).includes('\\u') && !JSON.stringify(held).includes('\u007f'));
          fc.pre(!Object.hasOwn(held, '<<') && !Object.hasOwn(held, '__proto__'));
          const source = new YamlSource(JSON.stringify(held, null, 2));
          expect(source.problems).toEqual([]);
          expect(source.value).toEqual(held);
        },
      ),
    );
  });
});

describe('a watch list in JSON', () => {
  const list = (term: string) =>
    `{"campaigns":[{"id":"c","name":"C","terms":[{"id":"t","text":"Lumen"${term}}]}]}`;
  it.each([
    ['a key twice', ',"text":"Ember"', /1:\d+: Map keys must be unique/],
    ['NUL', ',"note\\u0000":"x"', /U\+0000/],
  ])('is refused as YAML is: %s', (_name, term, message) => {
    expect(() => parseWatchList(list(term), 'l.json')).toThrow(message);
    expect(() => parseWatchList(list(term), 'l.json')).toThrow(WatchListError);
  });

  it('may hold escaped quotes, colons and pairs of surrogates', () => {
    const text = String.raw`{"campaigns":[{"id":"c","name":"a\": \\","terms":[{"id":"t","text":"\ud83d\ude00 Lumen"}]}]}`;
    expect(parseWatchList(text, 'l.json').campaigns[0]).toMatchObject({
      name: 'a": \\',
      terms: [{ text: '😀 Lumen' }],
    });
  });
});

describe('the place of a character within a value', () => {
  it.each([
    ['plain', 'a: one two', 4, [1, 8]],
    ['in double quotes', 'a: "one two"', 4, [1, 9]],
    ['in single quotes', "a: 'one two'", 0, [1, 5]],
    ['folded', 'a: >-\n  one\n  two', 4, [3, 3]],
    ['literal', 'a: |\n  one\n  two', 5, [3, 4]],
    ['past its end', 'a: one', 9, [1, 7]],
    ['on the line where a plain one begins', 'a: one\n  two', 0, [1, 4]],
    ['of a space: the word after it', 'a: one two', 3, [1, 8]],
    ['a double quote in double quotes', 'a: "\\"x"', 0, [1, 6]],
    ['a single quote in single quotes', "a: '''x'", 0, [1, 5]],
    ['a bar at the beginning of a literal one', 'a: |\n  |x', 0, [2, 3]],
    ['an angle bracket at the beginning of a folded one', 'a: >\n  >x', 0, [2, 3]],
    ['an escape that stands nowhere', 'a: "\\x41"', 0, [1, 5]],
    ['an escape that stands only in what follows', 'a: "\\x41"\nA: 1', 0, [1, 5]],
    ['an escape of the character behind the value', '{a: "\\x2c", b: 1}', 0, [1, 6]],
  ])('%s', (_name, text, index, [line, column]) => {
    expect(new YamlSource(text).placeWithin(['a'], index)).toEqual({ line, column });
  });

  it('is that of the value where it is no text, and of the nearest part where it is missing', () => {
    const source = new YamlSource('x: 1\na: { b: 5 }\n');
    expect(source.placeWithin(['a', 'b'], 3)).toEqual({ line: 2, column: 9 });
    expect(source.placeWithin(['a', 'c'], 0)).toEqual({ line: 2, column: 4 });
    expect(source.placeOf(['a', 'c', 'd'])).toEqual({ line: 2, column: 4 });
    expect(source.placeOf(['y'])).toEqual({ line: 1, column: 1 });
    expect(new YamlSource('one').placeWithin([], 2)).toEqual({ line: 1, column: 3 });
    expect(new YamlSource('').placeOf(['a'])).toBeNull();
  });
});
