import { describe, expect, it } from 'vitest';
import {
  captionOf,
  explainQuery,
  QueryError,
  type AskedPart,
  type PostText,
  type TriedPart,
} from '../index.ts';

function explain(text: string) {
  return explainQuery({ id: 'q', kind: 'query', text });
}

/** Formats a query's conditions, one per line, nested ones indented. */
function asked(query: string): string[] {
  const lines = ({ asks, parts }: AskedPart, depth: number): string[] => [
    ' '.repeat(depth) + asks,
    ...parts.flatMap((part) => lines(part, depth + 1)),
  ];
  return lines(explain(query).tree, 0);
}

/** The same with `+` for what is met, `-` for what isn't, `?` for what is undecided, and what was found. */
function tried(query: string, post: string | PostText): { taken: boolean; lines: string[] } {
  const lines = ({ asks, met, note, found, parts }: TriedPart): string[] => {
    const places = found.map(({ kind, span, matched }) => ` ${matched} ${kind} ${span.join('-')}`).join('');
    const sign = met === null ? '?' : met ? '+' : '-';
    return [`${sign}${asks}${places}${note === null ? '' : `; ${note}`}`, ...parts.flatMap(lines)];
  };
  const { taken, tree } = explain(query).tryOn(typeof post === 'string' ? captionOf(post) : post);
  return { taken, lines: lines(tree) };
}

function post(caption: string, more: Partial<PostText> & { title?: string; handle?: string } = {}): PostText {
  const { title, handle, ...rest } = more;
  return {
    fields: [
      { kind: 'caption', text: caption },
      ...(title === undefined ? [] : [{ kind: 'title' as const, text: title }]),
      ...(handle === undefined ? [] : [{ kind: 'handle' as const, text: handle }]),
    ],
    ...rest,
  };
}

describe('a query in words', () => {
  it.each([
    ['velora', ['the word “velora”']],
    ['"velora mist"', ['the words “velora mist” side by side or joined']],
    ['"$49"', ['the word “$49”, with its signs']],
    ['#launch @velora', ['all of these', ' the hashtag “#launch”', ' the handle “@velora”']],
    ['🔥 AND velora', ['all of these', ' “🔥”', ' the word “velora”']],
    ['{Kindling}', ['“Kindling” in exactly these letters and this case']],
    ['raw:Velora+', ['“Velora+” character for character']],
    ['velm?ra', ['a word like “velm?ra” (`*` is any letters or none, `?` is one)']],
    [
      'velora /v\\d/c',
      ['all of these', ' the word “velora”', ' text that the regex /v\\d/ matches, in exactly this case'],
    ],
    ['a1 OR b1', ['at least one of these', ' the word “a1”', ' the word “b1”']],
    ['a1 NOT b1', ['all of these', ' the word “a1”', ' not this', '  the word “b1”']],
    [
      'a1 ONEAR/1 b1',
      ['the first before the second, with at most 1 word between them', ' the word “a1”', ' the word “b1”'],
    ],
    [
      'a1 NEAR/3 (b1 NOT c1)',
      [
        'these two in either order, with at most 3 words between them',
        ' the word “a1”',
        ' all of these',
        '  the word “b1”',
        '  not this nearby',
        '   the word “c1”',
      ],
    ],
    [
      '"a1 b1"~2',
      [
        '“a1 b1” as it stands, or its words in any order with at most 2 others among them',
        ' the word “a1”',
        ' the word “b1”',
      ],
    ],
    [
      '"a1 * b1"',
      [
        '"a1 * b1": these side by side, with one word for each `*` by itself',
        ' the word “a1”',
        ' the word “b1”',
      ],
    ],
    ['title:a1', ['in the title (in the caption, if the post has no title)', ' the word “a1”']],
    ['author:ann', ['an author whose handle or display name is “ann”']],
    [
      'a1 lang:de platform:x',
      [
        'all of these',
        ' the word “a1”',
        ' a post in German (de), or in a language that is not known',
        ' a post on “x”, or on a platform that is not known',
      ],
    ],
    ['links:x.example', ['a link to “x.example” or to what lies below it']],
    ['url:x.example/a', ["“x.example/a” or what lies below it, as a link or as the post's own address"]],
    ['site:x.example', ['a post whose own address is on “x.example”']],
  ])('%s', (query, lines) => {
    expect(asked(query)).toEqual(lines);
  });

  it('is printed as it was understood', () => {
    expect(explain('velora mist or “glow serum” -review').readAs).toBe(
      'velora AND mist OR "glow serum" AND NOT review',
    );
  });

  it('that is refused says where', () => {
    const refusalOf = (query: string): number => {
      try {
        explain(query);
      } catch (error) {
        if (error instanceof QueryError) return error.position;
      }
      return -1;
    };
    expect(refusalOf('velora AND')).toBe(10);
    expect(refusalOf('velora OR (mist -mist)')).toBe(11);
    expect(refusalOf('velora AND /(/')).toBe(12);
  });
});

describe('a query tried on a post', () => {
  it.each<[string, string | PostText, boolean, string[]]>([
    [
      'velora AND (mist OR "glow serum")',
      'The V3lora mist',
      true,
      [
        '+all of these',
        '+the word “velora” V3lora caption 4-10',
        '+at least one of these',
        '+the word “mist” mist caption 11-15',
        '-the words “glow serum” side by side or joined',
      ],
    ],
    [
      'velora NOT review',
      'velora, a review',
      false,
      [
        '-all of these',
        '+the word “velora” velora caption 0-6',
        '-not this',
        '+the word “review” review caption 10-16',
      ],
    ],
    [
      'velora NOT review',
      post('velora', { handle: 'review' }),
      true,
      [
        '+all of these',
        '+the word “velora” velora caption 0-6',
        '+not this',
        '-the word “review” review handle 0-6',
      ],
    ],
    [
      'velora NEAR/1 mist',
      'velora of the old new mist',
      false,
      [
        '-these two in either order, with at most 1 word between them; the nearest have 4 words between them',
        '+the word “velora” velora caption 0-6',
        '+the word “mist” mist caption 22-26',
      ],
    ],
    [
      'velora ONEAR/5 mist',
      'mist, velora',
      false,
      [
        '-the first before the second, with at most 5 words between them; they stand in the other order',
        '+the word “velora” velora caption 6-12',
        '+the word “mist” mist caption 0-4',
      ],
    ],
    [
      'velora NEAR/5 mist',
      post('velora', { title: 'mist' }),
      false,
      [
        '-these two in either order, with at most 5 words between them; they stand in different fields',
        '+the word “velora” velora caption 0-6',
        '+the word “mist” mist title 0-4',
      ],
    ],
    [
      'velora NEAR/1 (mist NOT old)',
      'velora mist, which is not old',
      true,
      [
        '+these two in either order, with at most 1 word between them velora mist caption 0-11',
        '+the word “velora” velora caption 0-6',
        '?all of these',
        '+the word “mist” mist caption 7-11',
        '?not this nearby',
        '+the word “old” old caption 26-29',
      ],
    ],
    [
      'title:velora',
      post('velora', { title: 'news' }),
      false,
      ['-in the title (in the caption, if the post has no title)', '-the word “velora”'],
    ],
    [
      'author:ann',
      post('by ann', { handle: '@Ann' }),
      true,
      ['+an author whose handle or display name is “ann” @Ann handle 0-4'],
    ],
    [
      'velora lang:de platform:x',
      post('velora', { language: 'en' }),
      false,
      [
        '-all of these',
        '+the word “velora” velora caption 0-6',
        '-a post in German (de), or in a language that is not known',
        '?a post on “x”, or on a platform that is not known',
      ],
    ],
  ])('%s', (query, text, taken, lines) => {
    expect(tried(query, text)).toEqual({ taken, lines });
  });
});

describe('advice on a query', () => {
  it.each([
    ['velora or mist', 7, /`or` is read as the operator OR.*`"or"`/],
    ['velora mist', 7, /both must occur.*`"velora mist"`/],
    ['velora (mist OR balm)', 7, /no operator stands before `\(`/],
    ['velora OR mist AND balm', 15, /bind closer than OR; put brackets/],
    ['velora OR mist NOT balm', 15, /bind closer than OR; put brackets/],
    ['velora OR mist OR velora', 18, /`velora` stands twice in one OR/],
    ['velora NEAR/80 mist', 0, /span most posts; AND/],
    ['ve* AND mist', 0, /very many words/],
    ['"velora OR mist" AND balm', 0, /`OR` is a word to look for; close the quotes/],
    ['the OR velora', 0, /every post with `the`, about one of 3;.*rarer word by AND/],
    ['velora OR /x\\d/', 0, /no word leads to this query/],
  ])('%s', (query, position, message) => {
    const advice = explain(query).advice.filter((one) => message.test(one.message));
    expect(advice, JSON.stringify(explain(query).advice)).toMatchObject([{ position }]);
  });

  it.each([
    'velora',
    'velora AND zorvex',
    '(velora OR zorvex) AND (mist OR balm)',
    'velora NOT review',
    'velora AND (zorvex OR lumina) NOT review',
    'velora NEAR/5 "glow serum"',
    '#velora AND author:ann',
    'velm?ra',
  ])('is none for %s', (query) => {
    expect(explain(query).advice).toEqual([]);
  });
});
