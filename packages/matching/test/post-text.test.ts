import { SubmittedPostSchema, type MatchEvidence, type Term } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import {
  compileWatchList,
  matchText,
  type CompiledWatchList,
  fieldsToKeep,
  textOfFingerprint,
  textOfSubmitted,
  wordsOf,
} from '../index.ts';

function listOf(term: Term): CompiledWatchList {
  return compileWatchList({
    version: 1,
    ordinaryWords: [],
    campaigns: [{ id: 'c', name: 'C', sensitivity: 'normal', approvedPosts: [], assets: [], terms: [term] }],
  });
}

const list = listOf({ id: 't', text: 'Copper Kite', kind: 'product' });

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
    ['hashtag', { text: 'hi', tags: ['copperkite'] }],
    ['hashtag', { text: '#copper', tags: ['#CopperKite', 'copper'] }],
    ['link', { text: 'hi', links: ['https://x.example/copper-kite'] }],
    ['link', { text: 'hi', quoteOf: { url: 'https://x.example/copper-kite' } }],
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

describe('hashtags and links that a platform lists beside the text', () => {
  const fieldsOf = (post: Record<string, unknown>) =>
    textOfSubmitted(SubmittedPostSchema.parse({ id: '1', ...post })).fields.slice(1);

  it('are fields of their own where the caption does not show them', () => {
    expect(
      fieldsOf({ text: '#b at https://x.example/12', tags: ['b', 'a'], links: ['https://x.example/1'] }),
    ).toEqual([
      { kind: 'hashtag', text: '#a' },
      { kind: 'link', text: 'https://x.example/1' },
    ]);
  });

  it.each([
    [{ text: '＃Launch and https://x.example/1.', tags: ['Launch'], links: ['https://x.example/1'] }],
    [{ text: '#launch', tags: ['#launch', ''] }],
    [{ text: '(https://x.example)', linkCard: { url: 'https://x.example' } }],
  ])('are not read twice: %j', (post) => {
    expect(fieldsOf(post)).toEqual([]);
  });

  it.each([
    ['hashtags:launch', { text: 'hi', tags: ['Launch'] }],
    ['#launch', { text: '#launchday', tags: ['launch'] }],
    ['links:x.example', { text: 'see bio', links: ['https://www.x.example/p'] }],
    ['url:x.example/p', { text: 'see bio', quoteOf: { url: 'https://x.example/p/1' } }],
    ['site:x.example', { text: 'hi', url: 'https://x.example/p/1' }],
  ])('are what the query %s asks', (query, post) => {
    const queries = listOf({ id: 'q', text: query, kind: 'query' });
    const submitted = textOfSubmitted(SubmittedPostSchema.parse({ id: '1', ...post }));
    expect(matchText(queries, submitted)).toMatchObject([{ itemId: 'q' }]);
  });
});

it.each([
  [{ text: 'made of copper', media: [{ url: 'https://x.example/a', alt: 'kite on a beach' }] }],
  [{ text: 'kite', author: { id: 'a', displayName: 'Copper' } }],
  [{ text: 'hi', poll: { options: ['copper', 'kite'] } }],
])('no name is made of two fields: %j', (post) => {
  expect(find(post)).toEqual([]);
});

describe('a fingerprint gives back the fields of its post', () => {
  const reference = { platform: 'x', authorHandle: 'someone', canonicalUrl: 'https://x.example/someone/1' };
  const media = [
    { url: 'https://x.example/a.jpg', alt: 'first\nline' },
    { file: 'b.jpg', alt: 'second' },
  ];
  const written = { id: '1', platform: 'x', text: 'one\ntwo', lang: 'en' };
  const named = { author: { id: 'a', handle: 'someone' } };
  const addressed = { url: 'https://x.example/someone/1' };
  it.each([
    ['whole', { media, ...named, ...addressed, place: 'Lund' }, reference],
    ['without pictures', { ...named, ...addressed }, reference],
    ['of nobody', { media, ...addressed }, { ...reference, authorHandle: '' }],
    ['without an address', { media, ...named, place: 'Lund' }, { ...reference, canonicalUrl: null }],
  ])('%s', (_name, parts, post) => {
    const text = textOfSubmitted(SubmittedPostSchema.parse({ ...written, ...parts }));
    const kept = { text: wordsOf(text), language: text.language, post };
    expect(textOfFingerprint({ ...kept, fields: fieldsToKeep(text) })).toEqual(text);
    expect(JSON.stringify(fieldsToKeep(text))).not.toMatch(/someone/);
    // Earlier versions kept all fields.
    expect(textOfFingerprint({ ...kept, fields: text.fields.slice(1) })).toEqual(text);
  });
});

it('a fingerprint from before there were fields is its words', () => {
  const post = textOfFingerprint({
    text: 'one\ntwo',
    post: { platform: 'x', authorHandle: 'someone', canonicalUrl: 'https://x.example/1' },
  });
  expect(post.fields).toEqual([{ kind: 'caption', text: 'one\ntwo' }]);
});
