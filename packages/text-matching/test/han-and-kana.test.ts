import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function find(text: string, post: string) {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 't', text, kind: 'product' } }]).matcher.match(
    post,
  );
}

describe('a Han character and its variants are one letter', () => {
  it.each([
    ['云龙乳霜', '新品雲龍乳霜來了', '雲龍乳霜'],
    ['雲龍乳霜', '新品云龙乳霜来了', '云龙乳霜'],
    ['麵包樹', '面包树要来了', '面包树'],
    ['桜の国セラム', '櫻の國セラムが届いた', '櫻の國セラム'],
    ['桜气', '樱氣', '樱氣'],
    ['円環リップ', '圓環リップ', '圓環リップ'],
    ['裡世界', '裏世界', '裏世界'],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, text)[0]?.matched).toBe(matched);
  });

  it('and the match says that a form differs', () => {
    expect(find('云龙乳霜', '雲龍乳霜')[0]?.how).toContain('compat');
    expect(find('云龙乳霜', '云龙乳霜')[0]?.how).toEqual(['exact']);
  });

  it.each([
    ['云龙乳霜', '雨龍乳霜'],
    ['桜の国', '楼の国'],
  ])('%s is not in %j', (name, text) => {
    expect(find(name, text)).toEqual([]);
  });
});

describe('kana that look like other letters', () => {
  it.each([
    ['ネオトリミスト', 'ネオ卜リミス卜が届いた', 'ネオ卜リミス卜'],
    ['ネオトリミスト', 'ネオトリミスㅏ', 'ネオトリミスㅏ'],
    ['カロニ', 'これは力口二です', '力口二'],
    ['工房タワ', 'エ房夕ワ', 'エ房夕ワ'],
    ['ムーンベリー', 'ム一ンベリ一', 'ム一ンベリ一'],
    ['シャドット', 'シヤドツト', 'シヤドツト'],
    ['シヤドツト', 'シャドット', 'シャドット'],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, text)[0]?.matched).toBe(matched);
  });

  it.each([
    ['力水ハイ', '誰か水ハイ'],
    ['二人ノート', '彼に人ノート'],
    ['ネオトリミスト', 'ネオ下リミスト'],
  ])('%s is not in %j', (name, text) => {
    expect(find(name, text)).toEqual([]);
  });
});
