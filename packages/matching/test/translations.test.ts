import { parseWatchList, WatchListError } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { compileWatchList, matchText } from '../index.ts';

const LIST = `
campaigns:
  - id: autumn
    name: Autumn
    terms:
      - id: night
        kind: phrase
        text: velvet night
        translations:
          - { lang: de, text: samtene Nacht }
          - { lang: fr, text: nuit de velours }
          - { lang: ko, text: 벨벳의 밤 }
`;

function found(text: string) {
  const { campaigns } = parseWatchList(LIST, 'list.yaml');
  const list = compileWatchList({
    version: 1,
    campaigns: campaigns.map((campaign) => ({ ...campaign, assets: [] })),
  });
  return matchText(list, { fields: [{ kind: 'caption', text }] }).map(
    ({ itemId, matched, how }) => `${itemId}: ${matched} (${how.join(', ')})`,
  );
}

describe('the translations of a phrase', () => {
  it.each([
    ['it will be a velvet night', ['night: velvet night (exact)']],
    ['bald kommt die samtene Nacht', ['night: samtene Nacht (translation, exact)']],
    ['une NUIT DE VELOURS', ['night: NUIT DE VELOURS (translation, case)']],
    ['벨벳의 밤을 기다려', ['night: 벨벳의 밤을 (translation, inflected)']],
    ['eine lange Nacht in Samt', []],
  ])('are found under its id: %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('count once in a post that holds several', () => {
    expect(found('velvet night, samtene Nacht')).toHaveLength(1);
  });

  it.each([
    ['kind: phrase', 'kind: product', /translations: only a term of the kind `phrase`/],
    ['{ lang: de, text: samtene Nacht }', '{ lang: de }', /translations\[0\]\.text/],
    ['samtene Nacht', "''", /translations\[0\]\.text/],
  ])('are refused with their place: %s as %s', (from, to, message) => {
    expect(() => parseWatchList(LIST.replace(from, to), 'list.yaml')).toThrow(WatchListError);
    expect(() => parseWatchList(LIST.replace(from, to), 'list.yaml')).toThrow(message);
  });

  it('are checked when they are compiled', () => {
    const campaigns = parseWatchList(LIST.replace('samtene Nacht', "'!!!'"), 'list.yaml').campaigns;
    const stored = campaigns.map((campaign) => ({ ...campaign, assets: [] }));
    expect(() => compileWatchList({ version: 1, campaigns: stored })).toThrow(/`night`.*`!!!`/s);
  });
});
