import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { formatTable } from '../screen/format.ts';

const HEAD = ['id', 'severity', 'state', 'creator', 'what matched'];
const ROWS = [
  ['e907e656', 'high', 'open', 'maya-lindqvist', '“Noctelle Crème”'],
  ['6e2fdac5', 'high', '', 'soyeon-han', 'picture of tideline-backdrop and of two others beside it'],
];
const plain = (table: string) => stripVTControlCharacters(table).split('\n');

it('is a table where it has the room, and in a pipe', () => {
  for (const columns of [null, 120]) {
    const [head = '', ...rows] = plain(formatTable(HEAD, ROWS, columns));
    expect(head).toMatch(/^id +severity +state +creator +what matched/);
    expect(rows).toHaveLength(2);
  }
});

it('is a block for each row where it has not', () => {
  const lines = plain(formatTable(HEAD, ROWS, 60));
  expect(lines).toEqual([
    'id            e907e656',
    'severity      high',
    'state         open',
    'creator       maya-lindqvist',
    'what matched  “Noctelle Crème”',
    '',
    'id            6e2fdac5',
    'severity      high',
    'creator       soyeon-han',
    'what matched  picture of tideline-backdrop and of two others',
    '              beside it',
  ]);
});

it('wraps the second of two columns, and keeps a long word whole', () => {
  const hash = 'a'.repeat(64);
  const rows = [
    ['severity', 'high: one reason, another reason, and a third reason that is long'],
    ['hash', hash],
  ];
  expect(plain(formatTable(['alert', 'e907e656'], rows, 40))).toEqual([
    'alert     e907e656',
    'severity  high: one reason, another',
    '          reason, and a third reason',
    '          that is long',
    `hash      ${hash}`,
  ]);
});
