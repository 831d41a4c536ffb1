import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function find(text: string, lang: string, post: string, policy?: Record<string, unknown>) {
  const term = { id: 't', text, lang, kind: 'product', ...(policy === undefined ? {} : { policy }) };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.match(post);
}

describe('a name in Latin letters', () => {
  it.each([
    ['ru', 'Зимний Янтарь', 'got the zimniy yantar today', 'zimniy yantar'],
    ['ru', 'Зимний Янтарь', '#ZimnyYantar is here', 'ZimnyYantar'],
    ['ru', 'Тихий Шорох', 'tikhiy shorokh', 'tikhiy shorokh'],
    ['ru', 'Тихий Шорох', 'tihij shoroh', 'tihij shoroh'],
    ['ru', 'Жемчужница', 'my zhemchuzhnitsa box', 'zhemchuzhnitsa'],
    ['uk', 'Тихий Вечір', 'tykhyi vechir', 'tykhyi vechir'],
    ['el', 'Φωτόπετρα', 'the fotopetra cream', 'fotopetra'],
    ['el', 'Φωτόπετρα', 'PHOTOPETRA', 'PHOTOPETRA'],
    ['el', 'Χρυσή Αύρα', 'hrisi avra', 'hrisi avra'],
    ['el', 'Ουρανόφως', 'ouranofos', 'ouranofos'],
    ['hi', 'रेशमी धूप', 'the reshmi dhoop set', 'reshmi dhoop'],
    ['hi', 'रेशमी धूप', 'reshmi dhup', 'reshmi dhup'],
    ['hi', 'चमकती बूँद', 'chamakti boond', 'chamakti boond'],
    ['hi', 'चमकती बूँद', 'chamaktee bund', 'chamaktee bund'],
    ['ar', 'نور القمر', 'nour el qamar', 'nour el qamar'],
    ['ar', 'نور القمر', 'Noor Al Qamar drops friday', 'Noor Al Qamar'],
    ['ar', 'وردة الصحراء', 'wardet el sahra', 'wardet el sahra'],
    ['ar', 'عطر الشمس', 'otr ash shams', 'otr ash shams'],
    ['ar', 'مصباح الليل', 'misbah el leil', 'misbah el leil'],
    ['ar', 'قهوة المساء', 'kahwet el masaa', 'kahwet el masaa'],
  ])('%s: %s in %j', (lang, name, text, matched) => {
    const [match] = find(name, lang, text);
    expect(match?.matched).toBe(matched);
    expect(match?.how).toContain('transliterated');
    expect(match?.confidence).toBeLessThan(0.9);
  });

  it.each([
    ['ru', 'Мох', 'mokh'],
    ['ru', 'Москва', 'moskva'],
    ['ru', 'Зимний Янтарь', 'zimniy vecher'],
    ['el', 'Φως', 'fos'],
    ['ru', 'Погода', 'pogoda'],
    ['ru', 'Сегодня', 'segodnya'],
    ['hi', 'रात', 'raat'],
    ['ar', 'قمر', 'qamar'],
    ['ar', 'نور القمر', 'nour el ain'],
    ['ar', 'سلام', 'salam'],
    ['hi', 'रेशमी धूप', 'reshmi saree'],
  ])('%s: %s is not in %j', (lang, name, text) => {
    expect(find(name, lang, text)).toEqual([]);
  });

  it('is not looked for if the policy forbids it', () => {
    expect(find('Φωτόπετρα', 'el', 'fotopetra', { forbid: ['transliterated'] })).toEqual([]);
  });
});

describe('Latin letters in a name of another alphabet', () => {
  it.each([
    ['ru', 'Сумрачный Перевал', 'Cумрачный Пepeвaл'],
    ['ru', 'Сумрачный Перевал', 'CУMPАЧНЫЙ ПEPEBAЛ'],
    ['ru', 'Хвойница', 'Xвойница'],
    ['el', 'Ορεινόφως', 'Oρεινόφως'],
  ])('%s: %s in %j', (lang, name, text) => {
    const [match] = find(name, lang, text);
    expect(match?.matched).toBe(text);
    expect(match?.how).toContain('confusable');
    expect(match?.how).not.toContain('typo');
  });
});

describe('Korean syllables of the same sound', () => {
  it.each([
    ['달빛 타르트', '달빛 타르트', '달빛 타르트'],
    ['바다 카드', '바닥 하드', null],
    ['은하 초코', '은핮 호코', '은핮 호코'],
    ['은하 모카롱', '은하 목하롱', '은하 목하롱'],
    ['새벽 도토리', '새벽 돋호리', '새벽 돋호리'],
    ['새벽 아파트', '새벽 압하트', '새벽 압하트'],
    ['새벽 축하주', '새벽 추카주', '새벽 추카주'],
    ['쿠키', '쿡히', null],
    ['새벽 도토리', '새벽 돋보리', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'ko', text)[0]?.matched ?? null).toBe(matched);
  });

  it('is not looked for if the policy allows no edits', () => {
    expect(find('은하 모카롱', 'ko', '은하 목하롱', { maxEdits: 0 })).toEqual([]);
  });
});

describe('a particle between the halves of a Han name', () => {
  it.each([
    ['星河乳霜', '新的星河的乳霜', '星河的乳霜'],
    ['星河乳霜', '星河の乳霜が来た', '星河の乳霜'],
    ['云龙乳霜', '雲龍之乳霜', '雲龍之乳霜'],
    ['星河乳霜', '星的河乳霜', null],
    ['星河乳霜', '星河和乳霜', null],
    ['星河乳霜', '星河的面霜', null],
    ['星河', '星的河', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'zh', text)[0]?.matched ?? null).toBe(matched);
  });

  it('is not looked for if nothing may stand within the name', () => {
    expect(find('星河乳霜', 'zh', '星河的乳霜', { near: 0 })).toEqual([]);
  });
});

describe('Latin letters of the same sound', () => {
  it.each([
    ['Quorvella', 'my kworvella box', 'kworvella'],
    ['Akwenta Serum', 'aquenta serum', 'aquenta serum'],
    ['Phalandor', 'FALANDOR', 'FALANDOR'],
    ['Orphelin Dusk', 'the orfelin dusk', 'orfelin dusk'],
    ['Sapphire Tinlow', '#saffiretinlow', 'saffiretinlow'],
    ['Fendrell', 'phendrell is here', 'phendrell'],
    ['Truxton Veil', 'trukston veil', 'trukston veil'],
    ['Truxton Veil', 'truckston veil', 'truckston veil'],
    ['Maksolin', 'Maxolin', 'Maxolin'],
    ['Lumotion Halo', 'lumoshun halo', 'lumoshun halo'],
    ['Quorvella', 'forvella', null],
    ['Fox', 'phox', null],
    ['Fact', 'phact', null],
    ['Exact', 'eksact', null],
    ['KX-5521B', 'KKS-5521B', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'en', text)[0]?.matched ?? null).toBe(matched);
  });

  it('is not looked for if the policy allows no edits', () => {
    expect(find('Quorvella', 'en', 'kworvella', { maxEdits: 0 })).toEqual([]);
  });
});
