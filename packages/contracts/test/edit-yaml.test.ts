import { describe, expect, it } from 'vitest';
import { editYaml, YamlEditError } from '../index.ts';

const ANA = { platform: 'x', handle: 'ana' };
const BEN = { id: 'ben', accounts: [{ platform: 'feed', handle: 'https://ben.example' }] };

describe('a list that grows', () => {
  it('keeps comments, quotes, order and empty lines, and the indentation of its author', () => {
    const text = [
      '# The secret.',
      'creators:   # those we briefed',
      '    - id: "ana"   # since May',
      '      accounts:',
      "        - { platform: mastodon,   handle: 'ana@social.example' } # open",
      '      # her manager is Lea',
      '',
      'campaigns:',
      '  - {id: one, name: One}',
      '',
    ].join('\n');
    expect(
      editYaml(text, [
        { kind: 'append', path: ['creators', 0, 'accounts'], items: [ANA] },
        { kind: 'append', path: ['creators'], items: [BEN] },
      ]),
    ).toBe(
      text.replace(
        '# open\n',
        [
          '# open',
          '        - { platform: x, handle: ana }',
          '    - id: ben',
          '      accounts:',
          '        - { platform: feed, handle: https://ben.example }',
          '',
        ].join('\n'),
      ),
    );
  });

  it.each([
    ['a flow list', 'creators: [{ id: ana }] # all\n', 'creators: [{ id: ana }, { id: ben }] # all\n'],
    ['an empty list', 'creators: []\n', 'creators: [{ id: ben }]\n'],
    ['no list', 'a: 1 # one\n', 'a: 1 # one\ncreators:\n  - id: ben\n'],
    ['no end of the last line', 'creators:\n- id: ana', 'creators:\n- id: ana\n- id: ben'],
    ['lines of Windows', 'creators:\r\n- id: ana\r\n', 'creators:\r\n- id: ana\r\n- id: ben\r\n'],
    ['a text at its end', 'creators:\n- id: |\n    ana\n', 'creators:\n- id: |\n    ana\n- id: ben\n'],
    ['JSON', '{"creators": [\n  {"id": "ana"}\n]}', '{"creators": [\n  {"id": "ana"}, {"id":"ben"}\n]}'],
    ['JSON without the key', '{"a": 1}', '{"a": 1, "creators": [{"id":"ben"}]}'],
  ])('in a file with %s', (_what, text, expected) => {
    expect(editYaml(text, [{ kind: 'append', path: ['creators'], items: [{ id: 'ben' }] }])).toBe(expected);
  });
});

describe('a value that is set', () => {
  it('takes the place of the old one, or of none', () => {
    const text = 'creators:\n  - { id: ana, name: Ana } # her\n  - id: ben\n    risk: { followers: 5 }\n';
    expect(
      editYaml(text, [
        { kind: 'set', path: ['creators', 0, 'name'], value: 'Ana: Lind' },
        { kind: 'set', path: ['creators', 1, 'risk', 'followers'], value: 6 },
        { kind: 'set', path: ['creators', 1, 'risk', 'trusted'], value: true },
        { kind: 'set', path: ['creators', 1, 'name'], value: 'Ben' },
      ]),
    ).toBe(
      'creators:\n  - { id: ana, name: "Ana: Lind" } # her\n  - id: ben\n    risk: { followers: 6, trusted: true }\n    name: Ben\n',
    );
  });

  it('keeps comments where the form is one that is written anew', () => {
    const edited = editYaml('? creators\n: - id: ana # her\n', [
      { kind: 'append', path: ['creators'], items: [{ id: 'ben' }] },
    ]);
    expect(edited).toMatch(/id: ana # her\n.*id: ben/s);
  });

  it('is refused behind an alias', () => {
    const text = 'a: &one [1]\ncreators: *one\n';
    expect(() => editYaml(text, [{ kind: 'append', path: ['creators'], items: [2] }])).toThrow(YamlEditError);
  });
});
