import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function find(text: string, post: string, kind = 'product') {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 't', text, kind } }]).matcher.match(post);
}

describe('Hangul after a Latin word or a number ends the name', () => {
  it.each([
    ['Velmoria', 'Velmoria를 샀다', 'Velmoria'],
    ['Velmoria', 'Velmoria은', 'Velmoria'],
    ['Velmoria', '어제 Velmoria에서는 봤다', 'Velmoria'],
    ['Velmoria', 'Velmoria입니다', 'Velmoria'],
    ['Velmoria', 'Velmoria하세요', 'Velmoria'],
    ['Velmoria', 'Velmoria신상 ㅋㅋ', 'Velmoria'],
    ['Velmoria', 'Velmoriaㅋㅋㅋ', 'Velmoria'],
    ['Velmoria', 'Velmoria를'.normalize('NFD'), 'Velmoria'],
    ['Ombra Runner 4', '오늘 Ombra Runner 4랑', 'Ombra Runner 4'],
    ['Ombra Runner 4', 'Ombra Runner 4에서만', null],
    ['n3glow', 'n3glow의 새 제품', 'n3glow'],
  ])('%s in %j', (name, post, matched) => {
    expect(find(name, post)[0]?.matched ?? null).toBe(matched);
  });

  it.each([
    ['WT-7731C', 'WT-7731C의', 'sku'],
    ['WT-7731', 'WT-7731로', 'sku'],
    ['#TealDoor31', '#TealDoor31는 좋다', 'hashtag'],
    ['$67', '$67에서', 'price'],
    ['"velmora tisane"', 'Velmora Tisane는', 'query'],
    ['@velmora', '@velmora님', 'query'],
  ])('%s in %j', (term, post, kind) => {
    expect(find(term, post, kind)).toHaveLength(1);
  });

  it.each([
    ['Ombra 4', 'Ombra 4개 있다'],
    ['Ombra 4', 'Ombra 4만원'],
    ['WT-7731', 'WT-7731번'],
    ['Velmor', 'Velmoria를 샀다'],
  ])('%s is not in %j', (name, post) => {
    expect(find(name, post)).toEqual([]);
  });
});
