import { EVENTS, LIMITS, PostSchema, type SubmittedPost } from '@leakwatch/contracts';
import { encodeEvent, recordBytes, refusal } from '@leakwatch/event-log';
import { describe, expect, it } from 'vitest';
import { checkPost } from '../steps/check-post.ts';
import { createFindCreator } from '../steps/find-creator.ts';
import { normalisePost } from '../steps/normalise-post.ts';
import { sourceOf } from './support/memory-source.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

function normalise(submitted: Partial<SubmittedPost>) {
  const check = checkPost({
    place: 'p:1',
    raw: JSON.stringify({ id: '1', text: 'x', ...submitted }),
    checkpoint: null,
  });
  if (!check.ok) throw new Error(check.refusal.message);
  const context = { source: sourceOf([]), findCreator: createFindCreator([]), observedAt: NOW };
  return PostSchema.parse(normalisePost(check.post, context));
}

describe('a normalised post', () => {
  it('takes platform and instance from its source unless it says its own', () => {
    expect(normalise({})).toMatchObject({ platform: 'testnet', instance: 'one' });
    expect(normalise({ platform: 'p', instance: 'i' })).toMatchObject({ platform: 'p', instance: 'i' });
  });

  it.each([
    ['a first publication', {}, 'create', 1],
    ['an edit that numbers itself', { op: 'update', revision: 3 }, 'update', 3],
    ['a later revision', { revision: 2 }, 'update', 2],
    [
      'an edit with a time',
      { editedAt: '2026-11-20T11:00:00Z' },
      'update',
      Date.parse('2026-11-20T11:00:00Z'),
    ],
    ['an edit without any', { op: 'update' }, 'update', NOW.getTime()],
    [
      'a deletion',
      { op: 'delete', deletedAt: '2026-11-20T10:00:00Z' },
      'delete',
      Date.parse('2026-11-20T10:00:00Z'),
    ],
  ] satisfies [string, Partial<SubmittedPost>, string, number][])(
    'gives %s its op and revision',
    (_name, submitted, op, revision) => {
      expect(normalise(submitted)).toMatchObject({ op, revision });
    },
  );

  it('is published when it was observed, if it does not say when', () => {
    expect(normalise({}).publishedAt).toBe(NOW.toISOString());
    expect(normalise({ publishedAt: '2026-11-01T10:00:00+02:00' }).publishedAt).toBe(
      '2026-11-01T08:00:00.000Z',
    );
  });

  it('never comes from the future, nor from before 1970', () => {
    const future = normalise({ publishedAt: '9999-12-31T23:59:59-23:59', editedAt: '2099-01-01T00:00:00Z' });
    expect(future).toMatchObject({
      publishedAt: NOW.toISOString(),
      editedAt: NOW.toISOString(),
      revision: NOW.getTime(),
    });
    expect(normalise({ publishedAt: '0000-01-01T00:00:00+23:59' }).publishedAt).toBe(
      '1970-01-01T00:00:00.000Z',
    );
  });

  it('has its links and tags', () => {
    const text =
      'See https://a.test/b?c=d#e, (http://x.test/y). #One #zwei2 #3 no#tag https://a.test/b?c=d#e #One';
    expect(normalise({ text })).toMatchObject({
      links: ['https://a.test/b?c=d#e', 'http://x.test/y'],
      tags: ['One', 'zwei2'],
    });
  });

  it('has the links and tags that its platform lists beside the text', () => {
    const submitted = {
      text: 'https://a.test/1 #One ＃two',
      tags: ['#zero', 'One', ''],
      links: ['https://b.test', 'https://a.test/1'],
    };
    expect(normalise(submitted)).toMatchObject({
      links: ['https://b.test', 'https://a.test/1'],
      tags: ['zero', 'One', 'two'],
    });
  });

  it('has all that its platform lists, however many and long: none of it is worth losing the post', () => {
    const tags = Array.from({ length: 150 }, (_, index) => `tag${index}${'x'.repeat(500)}`);
    expect(normalise({ text: '#last', tags }).tags).toEqual(tags);
  });

  it('has at most a hundred links and tags of its text', () => {
    const text = Array.from({ length: 300 }, (_, i) => `https://a.test/${i} #tag${i}`).join(' ');
    expect(normalise({ text }).links).toHaveLength(100);
    expect(normalise({ text }).tags).toHaveLength(100);
  });

  it('fits a record of the log, however it uses its limits', () => {
    const links = Array.from(
      { length: 50 },
      (_, i) => `https://${i}${'界'.repeat(1780)}?#${'界'.repeat(199)}`,
    );
    const text = links.join(' ').slice(0, LIMITS.textLength);
    const left = LIMITS.postBytes - Buffer.byteLength(text) - 1000;
    const post = normalise({ text, url: 'u'.repeat(left) });
    expect(post.links.length).toBeGreaterThan(48);
    const attributes = { id: post.id, key: post.creatorId, source: '/leakwatch/ingest', time: NOW };
    const record = encodeEvent(EVENTS.post, post, attributes);
    expect(refusal(record, recordBytes(record))).toBeUndefined();
  });

  it('says what kind its media are', () => {
    const media = [
      { url: 'https://a.test/b.MP4?x=1' },
      { url: 'https://a.test/b', mime: 'audio/ogg' },
      { file: 'c.jpeg', alt: 'a cat' },
      { url: 'https://a.test/unknown' },
      { url: 'https://a.test/x', mime: 'application/PDF; charset=binary' },
      { url: 'https://a.test/x', mime: 'application/zip' },
    ];
    const kinds = normalise({ media }).media.map((medium) => medium.kind);
    expect(kinds).toEqual(['video', 'audio', 'image', 'image', 'image', 'other']);
  });

  it('is a valid post even where every name is as long as it may be', () => {
    const long = 'n'.repeat(200);
    const post = normalise({ platform: long, instance: long, author: { id: long } });
    expect(post.creatorId).toMatch(/^unregistered:[0-9a-f]{64}$/);
  });
});

describe('the creator of a post', () => {
  const risk = {
    partnerships: 0,
    confirmedLeaks: 0,
    concurrentPartnerships: 0,
    trusted: false,
    underInvestigation: false,
    followers: 0,
  };
  const find = createFindCreator([
    { id: 'nova', accounts: [{ platform: 'Mastodon', instance: 'm.test', handle: '@Nova' }], risk },
    { id: 'kit', accounts: [{ platform: 'bluesky', nativeId: 'did:plc:Kit', handle: 'kit.test' }], risk },
  ]);
  const account = { platform: 'mastodon', instance: 'm.test', nativeId: '7', handle: 'nova' };

  it('is found by the handle, whatever its case', () => {
    expect(find(account)).toBe('nova');
    expect(find({ ...account, platform: 'MASTODON', handle: '@NOVA' })).toBe('nova');
  });

  it('is another on another instance', () => {
    expect(find({ ...account, instance: 'other.test' })).toBe('unregistered:mastodon/other.test/7');
  });

  it('is found by the native id, as it is written, on every instance', () => {
    const kit = { platform: 'bluesky', instance: 'any.test', nativeId: 'did:plc:Kit', handle: 'renamed' };
    expect(find(kit)).toBe('kit');
    expect(find({ ...kit, nativeId: 'did:plc:kit' })).toBe('unregistered:bluesky/any.test/did:plc:kit');
  });

  it('is an unregistered account if the post names no author', () => {
    expect(find({ ...account, nativeId: 'unknown', handle: '' })).toBe(
      'unregistered:mastodon/m.test/unknown',
    );
  });
});
