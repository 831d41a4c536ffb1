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
    ['without text and media', '{"id": "1"}', 'needs `text`, `media` or another text'],
    ['with a medium that is both file and url', '{"id":"1","media":[{"file":"a","url":"b"}]}', 'media[0]'],
    ['published at no instant', '{"id":"1","text":"x","publishedAt":"yesterday"}', 'publishedAt'],
    ['with an endless text', JSON.stringify({ id: '1', text: 'x'.repeat(LIMITS.textLength + 1) }), 'text'],
  ])('refuses a post %s, by the path of the mistake', (_name, raw, named) => {
    expect(refusalOf(raw)?.reason).toBe('bad-post');
    expect(refusalOf(raw)?.message).toContain(named);
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
