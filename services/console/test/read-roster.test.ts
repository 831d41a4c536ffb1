import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CreatorSchema, type Creator } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { readRoster } from '../api/watch-list/index.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/rosters');

function read(csv: string, known: readonly Creator[] = [], platform?: string) {
  return readRoster(csv, undefined, new Map(known.map((one) => [one.id, one])), { platform });
}

/** `ines: instagram ines.paints` for each account. */
function accountsOf({ creators }: ReturnType<typeof read>): string[] {
  return creators.flatMap(({ id, accounts }) =>
    accounts.map(({ platform, handle, nativeId }) => `${id}: ${platform} ${handle ?? `#${nativeId ?? ''}`}`),
  );
}

/** `2 A (id): message` for each problem. */
function problemsOf(csv: string, known: readonly Creator[] = []): string[] {
  return read(csv, known).roster.problems.map(
    ({ row, cell, message }) => `${row} ${cell ?? '-'}: ${message}`,
  );
}

describe('the columns of an export', () => {
  it.each([
    [
      'aspire.csv',
      [null, 'id', 'firstName', 'lastName', 'instagram', 'tiktok', 'pinterest', 'youtube'],
      [
        'A-1001: instagram ines.paints',
        'A-1001: tiktok inespaints',
        'A-1001: pinterest inespaints',
        'A-1001: youtube inespaints',
        'A-1002: instagram tomo_arai',
        'A-1002: youtube #UCtomoarai000000000000aa',
      ],
    ],
    [
      'upfluence.csv',
      ['id', 'profile', 'name', 'firstName', 'lastName', null],
      ['88120: instagram ines.paints', '88120: tiktok inespaints', '88121: x tomo_arai'],
    ],
    [
      'creatoriq.csv',
      ['id', 'name', 'profile', 'profile', null],
      ['5501: instagram ines.paints', '5501: youtube inespaints', '5502: x tomo_arai'],
    ],
    [
      'grin.csv',
      ['name', null, 'instagram', 'tiktok', 'youtube', 'feed'],
      [
        'ines.paints: instagram ines.paints',
        'ines.paints: tiktok inespaints',
        'ines.paints: youtube inespaints',
        'ines.paints: feed https://ines.example',
        'tomo_arai: instagram tomo_arai',
      ],
    ],
    [
      'modash.csv',
      ['platform', 'handle', 'profile', 'followers'],
      ['ines.paints: instagram ines.paints', 'inespaints: tiktok inespaints'],
    ],
  ] as const)('of %s are guessed', (file, mapping, accounts) => {
    const done = read(readFileSync(path.join(FIXTURES, file), 'utf8'));
    expect(done.roster.problems).toEqual([]);
    expect(done.roster.mapping).toEqual(mapping);
    expect(accountsOf(done)).toEqual(accounts);
    expect(done.creators[0]?.name).toBe(file === 'modash.csv' ? undefined : 'Ines Delgado');
  });

  it('without a platform take the one that the call names', () => {
    const csv = readFileSync(path.join(FIXTURES, 'hypeauditor.tsv'), 'utf8');
    expect(problemsOf(csv)[0]).toBe('2 A (Username): the platform of the account is missing');
    expect(accountsOf(read(csv, [], 'instagram'))).toEqual([
      'ines.paints: instagram ines.paints',
      'tomo_arai: instagram tomo_arai',
    ]);
    expect(read(csv, [], 'instagram').creators[0]?.risk.followers).toBe(48_210);
  });

  it('are told apart by the delimiter that the heads have more of, quotation marks heeded', () => {
    expect(read('"id, of ours";name;instagram\n1;Ana;ana').roster.columns).toEqual([
      'id, of ours',
      'name',
      'instagram',
    ]);
  });
});

describe('a cell', () => {
  it.each([
    ['7.12E+18', 'is a number that a spreadsheet has rounded'],
    ['7,12E+18', 'is a number that a spreadsheet has rounded'],
    ['17841400010022000', null],
    ['178414000100220000', 'has lost its last digits to a spreadsheet'],
    ['448820011.0', 'is an id that a spreadsheet has made a number'],
    ['#NAME?', 'is the error of a formula'],
    ['12-May', 'is a date that a spreadsheet has made of it'],
    ['12e4', null],
  ])('that a spreadsheet has ruined is refused: %s', (cell, ruin) => {
    for (const [csv, place] of [
      [`id;instagram\n"${cell}";ana`, 'A (id)'],
      [`id;instagram\nana;"${cell}"`, 'B (instagram)'],
      [`id;platform;native id\nana;x;"${cell}"`, 'C (native id)'],
    ] as const) {
      const said = ruin === null ? [] : [`2 ${place}: “${cell}” ${ruin}: export the column as text again`];
      expect(problemsOf(csv)).toEqual(said);
    }
  });

  it.each([
    ["'@ana", ['ana']],
    ['="ana"', ['ana']],
    ['@ana, @ana.private', ['ana', 'ana.private']],
    ['ana; https://instagram.com/ana_two/', ['ana', 'ana_two']],
    ['instagram.com/ana?igsh=x', ['ana']],
    ['n/a', []],
  ])('%s is read as accounts', (cell, handles) => {
    const { creators } = read(
      `id\tinstagram\nana\t${cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell}`,
    );
    expect(creators[0]?.accounts.map(({ handle }) => handle)).toEqual(handles);
  });

  it.each([
    ['https://instagram.com/p/Cabc', '“https://instagram.com/p/Cabc” is not the address of a profile'],
    ['https://tiktok.com/@ana', '“https://tiktok.com/@ana” is on tiktok, not on instagram'],
    ['ana maria', '“ana maria” is no handle'],
    ['@', '“@” is no handle'],
  ])('%s names no account', (cell, message) => {
    expect(problemsOf(`id;instagram\nana;${cell}`)).toEqual([`2 B (instagram): ${message}`]);
  });
});

describe('the creator of a row', () => {
  const ana = CreatorSchema.parse({
    id: 'ana',
    name: 'Ana',
    accounts: [{ platform: 'instagram', nativeId: '17', handle: 'Ana.Paints' }],
  });

  it('without an id is the one who has its account, else a new one', () => {
    const done = read('instagram,tiktok\n@ana.paints,anatok\nana,\n', [ana]);
    expect(accountsOf(done)).toEqual([
      'ana: instagram Ana.Paints',
      'ana: tiktok anatok',
      'ana-2: instagram ana',
    ]);
  });

  it('is never given the account of another', () => {
    expect(problemsOf('id,instagram\nben,ana.paints', [ana])).toEqual([
      '2 B (instagram): ana.paints on instagram belongs to the creator ana',
    ]);
    expect(problemsOf('id,x\nben,same\ncleo,same')).toEqual([
      '3 B (x): same on x belongs to the creator ben',
    ]);
  });

  it('is missing in a row that names no account', () => {
    expect(problemsOf('name,instagram\nAna,')).toEqual(['2 -: it names no account']);
  });
});

it('a table that ends within a quotation, or has signs behind one, is told, and the rows before are read', () => {
  expect(problemsOf('id,x\nana,ana\nben,"be"n\ncleo,cleo')).toEqual([
    '3 -: text follows a closing quotation mark: double the marks within a cell; the rows after it are not read',
  ]);
  expect(accountsOf(read('id,x\nana,ana\nben,"be"n\ncleo,cleo'))).toEqual(['ana: x ana']);
});

it('quotation marks within a cell are its own', () => {
  expect(read('id,name,x\nana,Ana "Rock" Lind,ana').creators[0]?.name).toBe('Ana "Rock" Lind');
});
