import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../../index.ts';
import { LONGEST_ENDING, addedEndings } from '../../languages/endings.ts';

function find(text: string, lang: string, post: string) {
  return compileTextMatcher([
    { campaignId: 'c', term: { id: 't', text, lang, kind: 'product' } },
  ]).matcher.match(post);
}

/** language · name · text · match */
const FORMS: readonly (readonly [string, string, string, string])[] = [
  ['fi', 'Sammalvalo', 'nyt Sammalvalonkin saa', 'Sammalvalonkin'],
  ['fi', 'Sammalvalo', 'uusiin sammalvaloihin', 'sammalvaloihin'],
  ['fi', 'Sammalvalo', 'Sammalvalossakin on', 'Sammalvalossakin'],
  ['fi', 'Sammalvalo', 'Sammalvaloonko?', 'Sammalvaloonko'],
  ['fi', 'Hopeinen Kuu', 'Hopeisesta Kuustakin', 'Hopeisesta Kuustakin'],
  ['fi', 'Hopeinen Kuu', 'hopeisen kuun', 'hopeisen kuun'],
  ['ru', 'Лесной Мох', 'нет Лесного Мха', 'Лесного Мха'],
  ['ru', 'Лесной Мох', 'с лесным мхом', 'лесным мхом'],
  ['ru', 'Синий Котёл', 'о Синем Котле', 'Синем Котле'],
  ['ru', 'Лунный Песок', 'из Лунного Песка', 'Лунного Песка'],
  ['ru', 'Морской Ветер', 'за Морским Ветром', 'Морским Ветром'],
  ['tr', 'Gümüş Yaprak', 'Gümüş Yaprağı aldım', 'Gümüş Yaprağı'],
  ['tr', 'Gümüş Yaprak', 'gümüş yaprakları', 'gümüş yaprakları'],
  ['tr', 'Ventoria', "Ventoria'nın kutusu", 'Ventoria'],
  ['tr', 'Ventoria', 'Ventorialardan biri', 'Ventorialardan'],
  ['tr', 'Ventoria', 'Ventoriasından beri', 'Ventoriasından'],
  ['ar', 'غيمة المساء', 'وغيمة المساء', 'وغيمة المساء'],
  ['ar', 'غيمة المساء', 'صورة لغيمة المساء', 'لغيمة المساء'],
  ['ar', 'غيمة المساء', 'بغيمة المساء', 'بغيمة المساء'],
  ['ar', 'غيمة المساء', 'كـغيـمة المَسَاء', 'كـغيـمة المَسَاء'],
  ['ar', 'زمرفان', 'وبالزمرفان جديد', 'وبالزمرفان'],
  ['ar', 'القنديل', 'للقنديل الجديد', 'للقنديل'],
  ['ar', 'القنديل', 'والقنديل', 'والقنديل'],
  ['he', 'ענן הערב', 'וענן הערב', 'וענן הערב'],
  ['he', 'ענן הערב', 'מתוך לענן הערב', 'לענן הערב'],
  ['fr', 'Fée Lunaire', 'les Fées Lunaires', 'Fées Lunaires'],
  ['fr', 'Lumière Ardente', 'mes lumières ardentes', 'lumières ardentes'],
  ['hi', 'नीला बादल', 'नीले बादलों', 'नीले बादलों'],
  ['ko', '은하수 크림', '크림을 은하수', '크림을 은하수'],
  ['ko', '은하수 크림', '은하수 크림에서는', '은하수 크림에서는'],
];

describe('oblique stems, prefixes and chains of endings', () => {
  it.each(FORMS)('%s: %s in %j', (lang, name, text, matched) => {
    const [match] = find(name, lang, text);
    expect(match?.matched).toBe(matched);
  });

  it.each([
    ['fi', 'Sammalvalo', 'sammalkuu'],
    ['ru', 'Лесной Мох', 'лесного мохера'],
    ['ar', 'القنديل', 'المناديب'],
    ['ar', 'غيمة المساء', 'الغيم مساء'],
    ['tr', 'Gümüş Yaprak', 'gümüş toprağı'],
    ['he', 'ענן הערב', 'ענן בוקר'],
    ['ko', '은하수 크림', '크림빵을 은하수'],
  ])('%s: %s is not in %j', (lang, name, text) => {
    expect(find(name, lang, text)).toEqual([]);
  });

  it('no language adds a longer ending than the limit', () => {
    for (const language of ['en', 'de', 'fi', 'tr', 'ru', 'ko', 'ar', 'hi', 'hu', 'sv', 'pl', 'id', 'el']) {
      for (const ending of addedEndings(language))
        expect(ending.length, ending).toBeLessThanOrEqual(LONGEST_ENDING);
    }
  });
});

describe('a word before a Korean particle is compared like any word', () => {
  it.each([
    ['Brindelmore', 'Brindlemore를 샀다', 'Brindlemore'],
    ['Copper Lantern', 'Lantern Copper를 샀다', 'Lantern Copper'],
    ['Copper Lantern', '어제 Coper Lantren에서', 'Coper Lantren'],
    ['Copper Lantern', 'Copper Lanterns를', 'Copper Lanterns'],
    ['Copper Lantern', 'Copper를 샀다, Lantern은', null],
    ['Лесной Мох', 'Лесной Мох에서는', 'Лесной Мох'],
    ['غيمة المساء', '오늘 غيمة المساء를', 'غيمة المساء'],
    ['Kestㅇlia', 'Kestㅇlia', 'Kestㅇlia'],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'en', text)[0]?.matched ?? null).toBe(matched);
  });
});
