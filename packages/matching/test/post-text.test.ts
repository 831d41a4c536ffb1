import { SubmittedPostSchema, type MatchEvidence } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { compileWatchList, matchText, textOfFingerprint, textOfSubmitted, wordsOf } from '../index.ts';

const list = compileWatchList({
  version: 1,
  ordinaryWords: [],
  campaigns: [
    {
      id: 'c',
      name: 'C',
      sensitivity: 'normal',
      approvedPosts: [],
      assets: [],
      terms: [{ id: 't', text: 'Copper Kite', kind: 'product' }],
    },
  ],
});

function find(post: Record<string, unknown>): MatchEvidence[] {
  return matchText(list, textOfSubmitted(SubmittedPostSchema.parse({ id: '1', ...post })));
}

describe('a name is found in every field that a creator writes', () => {
  it.each([
    ['display-name', { text: 'hi', author: { id: 'a', displayName: 'Copper Kite out friday' } }],
    ['handle', { text: 'hi', author: { id: 'a', handle: 'copperkite' } }],
    ['alt-text', { text: 'hi', media: [{ url: 'https://x.example/a.jpg', alt: 'the Copper Kite' }] }],
    ['file-name', { text: 'hi', media: [{ url: 'https://x.example/copper-kite_02.jpg' }] }],
    ['poll-option', { poll: { options: ['yes', 'Copper Kite'] } }],
    ['content-warning', { text: 'hi', contentWarning: 'Copper Kite spoilers' }],
    ['link-title', { text: 'hi', linkCard: { title: 'Copper Kite', url: 'https://x.example/1' } }],
    ['link-description', { text: 'hi', linkCard: { description: 'all about Copper Kite' } }],
    ['quoted', { quoteOf: { text: 'the Copper Kite is here' } }],
    ['address', { text: 'hi', url: 'https://x.example/2026/copper-kite' }],
    ['title', { title: 'Copper Kite, first look' }],
    ['place', { text: 'hi', place: 'Copper Kite Studio' }],
  ])('%s', (kind, post) => {
    expect(find(post)).toMatchObject([{ itemId: 't', field: { kind } }]);
  });

  it('in the caption without a field, with its span there', () => {
    const [found] = find({ text: 'a Copper Kite', author: { id: 'a', displayName: 'Someone' } });
    expect(found?.field).toBeUndefined();
    expect(found?.span).toEqual([2, 13]);
  });
});

it.each([
  [{ text: 'made of copper', media: [{ url: 'https://x.example/a', alt: 'kite on a beach' }] }],
  [{ text: 'kite', author: { id: 'a', displayName: 'Copper' } }],
  [{ text: 'hi', poll: { options: ['copper', 'kite'] } }],
])('no name is made of two fields: %j', (post) => {
  expect(find(post)).toEqual([]);
});

it('a fingerprint gives back the fields of its post', () => {
  const post = textOfSubmitted(
    SubmittedPostSchema.parse({
      id: '1',
      platform: 'x',
      text: 'one\ntwo',
      lang: 'en',
      media: [
        { url: 'https://x.example/a.jpg', alt: 'first\nline' },
        { file: 'b.jpg', alt: 'second' },
      ],
      author: { id: 'a', handle: 'someone' },
    }),
  );
  const kept = {
    text: wordsOf(post),
    fields: post.fields.slice(1),
    language: post.language,
    post: { platform: 'x' },
  };
  expect(textOfFingerprint(kept)).toEqual(post);
});

it('a fingerprint from before there were fields is its words', () => {
  const post = textOfFingerprint({ text: 'one\ntwo', post: { platform: 'x' } });
  expect(post.fields).toEqual([{ kind: 'caption', text: 'one\ntwo' }]);
});
