import { LIMITS } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { checkPost } from '../steps/check-post.ts';
import { replaceUnstorableEscapes } from '../steps/replace-escapes.ts';

const check = (raw: string) => checkPost({ place: 'posts.jsonl:17', raw, checkpoint: null });

function refusalOf(raw: string) {
  const result = check(raw);
  return result.ok ? null : result.refusal;
}

describe('the check of a submitted post', () => {
  it('takes a post that needs only id and text, and ignores keys that it does not know', () => {
    const result = check('{"id": "1", "text": "hello", "likes": 12}');
    expect(result.ok && result.post.submitted).toEqual({ id: '1', text: 'hello' });
  });

  it.each([
    ['nothing', '', 'not JSON: it ends too early'],
    ['a cut line', '{"id": "1", "text": "he', 'not JSON'],
    ['a stray word', '{"id": Codename}', 'not JSON'],
  ])('refuses %s as no JSON', (_name, raw, message) => {
    expect(refusalOf(raw)).toMatchObject({ reason: 'bad-json' });
    expect(refusalOf(raw)?.message.startsWith(message)).toBe(true);
  });

  it('never quotes what stands around a mistake', () => {
    expect(refusalOf('{"id": Codename}')?.message).not.toContain('Codename');
    expect(refusalOf('{"id": "1", "text": ["Codename"]}')?.message).not.toContain('Codename');
  });

  it.each([
    ['without id', '{"text": "x"}', 'id'],
    ['without text and media', '{"id": "1"}', 'needs `text`, `media`, `repostOf` or another text'],
    ['with a medium that is both file and url', '{"id":"1","media":[{"file":"a","url":"b"}]}', 'media[0]'],
    ['published at no instant', '{"id":"1","text":"x","publishedAt":"yesterday"}', 'publishedAt'],
    ['with an endless text', JSON.stringify({ id: '1', text: 'x'.repeat(LIMITS.textLength + 1) }), 'text'],
  ])('refuses a post %s, by the path of the mistake', (_name, raw, named) => {
    expect(refusalOf(raw)?.reason).toBe('bad-post');
    expect(refusalOf(raw)?.message).toContain(named);
  });

  it.each([
    ['id', String.raw`{"id": "1\u0000", "text": "x"}`],
    ['id', String.raw`{"id": "\ud83d", "text": "x"}`],
    ['platform', String.raw`{"id": "1", "platform": "b\u0000", "text": "x"}`],
    ['instance', String.raw`{"id": "1", "instance": "b\uDC00", "text": "x"}`],
    ['author.id', String.raw`{"id": "1", "author": {"id": "\uDC00a"}, "text": "x"}`],
  ])('refuses an %s that would become that of another when it is stored: %s', (path, raw) => {
    expect(refusalOf(raw)).toMatchObject({ reason: 'bad-post' });
    expect(refusalOf(raw)?.message).toMatch(new RegExp(`^${path}: holds U\\+0000`));
  });

  it('takes ids with whole pairs, written escapes and U+FFFD of their own', () => {
    for (const id of [String.raw`\ud83d\ude00`, String.raw`\\u0000`, String.raw`\ufffd`, 'é']) {
      const result = check(`{"id": "${id}", "text": "a\\u0000", "author": {"id": "${id}"}}`);
      expect(result.ok && [result.post.submitted.id, result.post.submitted.text]).toEqual([
        JSON.parse(`"${id}"`),
        'a\ufffd',
      ]);
    }
  });

  it('names the first mistakes of very many', () => {
    const message = refusalOf(
      JSON.stringify({ id: '1', media: Array.from({ length: 15 }, () => 7) }),
    )?.message;
    expect(message).toMatch(/media\[4\].*; and 10 more$/);
  });

  it('refuses what is too large before it is parsed', () => {
    expect(refusalOf('['.repeat(LIMITS.postBytes + 1))).toMatchObject({ reason: 'too-large' });
  });

  it('hands on what the source itself could not read', () => {
    const problem = { reason: 'bad-encoding' as const, message: 'not UTF-8', bytes: Buffer.from([0xff]) };
    const result = checkPost({ place: 'p:1', raw: '', checkpoint: null, problem });
    expect(result).toMatchObject({ ok: false, refusal: { reason: 'bad-encoding', message: 'not UTF-8' } });
  });
});

describe('what platforms give', () => {
  const taken = (post: Record<string, unknown>) => {
    const result = check(JSON.stringify({ id: '1', text: 'x', ...post }));
    return result.ok ? result.post.submitted : result.refusal.message;
  };

  it.each([
    ['longer than 200 characters', `https://a.test/${'x'.repeat(300)}`],
    ['of two lines', 'tag:a.test\n2026'],
    ['of white space', ' \t '],
  ])('an id %s becomes a safe one, each time the same and for no other id', (_name, id) => {
    const one = taken({ id, inReplyTo: id, author: { id } });
    expect(typeof one === 'string' ? one : one.id).toMatch(/^hashed:[0-9a-f]{64}$/);
    expect(one).toEqual(taken({ id, inReplyTo: id, author: { id } }));
    expect(one).not.toEqual(taken({ id: `${id}x`, inReplyTo: id, author: { id } }));
  });

  it('an id of 200 characters stays as it is', () => {
    expect(taken({ id: 'x'.repeat(200) })).toMatchObject({ id: 'x'.repeat(200) });
  });

  it.each([
    ['Tue, 10 Nov 2026 09:05:07 +0130', '2026-11-10T07:35:07.000Z'],
    ['Tue, 10 Nov 2026 09:05:07 GMT', '2026-11-10T09:05:07.000Z'],
    ['10 Nov 26 09:05 EST', '2026-11-10T14:05:00.000Z'],
    ['Tuesday, 1 September 2026 00:00:00 Z', '2026-09-01T00:00:00.000Z'],
    ['31 Dec 1999 23:59:59 -0800', '2000-01-01T07:59:59.000Z'],
  ])('the date %s is an instant', (date, instant) => {
    expect(taken({ publishedAt: date })).toMatchObject({ publishedAt: instant });
  });

  it.each([
    '31 Feb 2026 09:00:00 GMT',
    '10 Foo 2026 09:00:00 GMT',
    '10 Nov 2026 25:00:00 GMT',
    '10 Nov 2026 09:00 XYZ',
    '2026',
  ])('the date %s is none', (date) => {
    expect(taken({ publishedAt: date })).toContain('publishedAt');
  });

  it('an album of 100 pictures, a boost and a quote without a text are posts', () => {
    const media = Array.from({ length: 100 }, (_, i) => ({ url: `https://a.test/${i}.jpg` }));
    expect(taken({ media })).toMatchObject({ media });
    expect(taken({ text: undefined, repostOf: 'https://a.test/1' })).toMatchObject({ id: '1' });
    expect(taken({ text: undefined, quoteOf: { url: 'https://a.test/1' } })).toMatchObject({ id: '1' });
  });
});

describe('characters that can not be stored', () => {
  it.each([
    [String.raw`"a\u0000b"`, 'a\ufffdb'],
    [String.raw`"\ud83d"`, '\ufffd'],
    [String.raw`"\ude00\ud83d"`, '\ufffd\ufffd'],
    [String.raw`"\ud83d\ude00"`, '😀'],
    [String.raw`"\uD83D\uDE00\uD83D"`, '😀\ufffd'],
    [String.raw`"\\u0000"`, String.raw`\u0000`],
    [String.raw`"\\\u0000"`, '\\\ufffd'],
    [String.raw`"\u00e9\n"`, 'é\n'],
  ])('become U+FFFD, one for one, in %s', (json, text) => {
    expect(JSON.parse(replaceUnstorableEscapes(json))).toBe(text);
  });
});
