import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';
import { toHiragana, toLatin } from '../names/kana.ts';

function find(text: string, lang: string, post: string, policy?: Record<string, unknown>) {
  const term = { id: 't', text, lang, kind: 'product', ...(policy === undefined ? {} : { policy }) };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.match(post);
}

describe('a name in Han characters, as it is read', () => {
  it.each([
    ['ja', '夜空パレット', 'ﾖｿﾞﾗﾊﾟﾚｯﾄ', 'ﾖｿﾞﾗﾊﾟﾚｯﾄ'],
    ['ja', '夜空パレット', 'よぞらパレットが届いた', 'よぞらパレット'],
    ['ja', '夜空パレット', 'the yozora palette is here', 'yozora palette'],
    ['ja', '桜色ミスト', 'さくらいろミスト', 'さくらいろミスト'],
    ['ja', '舞う花びらリップ', 'まう花びらリップ', null],
    ['ja', '光るミスト', 'ひかるミスト', 'ひかるミスト'],
    ['ja', '月のかけらリップ', 'つきのかけらリップ', 'つきのかけらリップ'],
    ['ja', '銀河ミスト', 'ぎんがミスト', 'ぎんがミスト'],
    ['ja', '銀河ミスト', '#GingaMist', 'GingaMist'],
    ['ja', '霜月リップ', 'しもつきリップ', 'しもつきリップ'],
    ['ja', '夜空', 'よぞら', null],
    ['ja', '夜空パレット', 'よぞらに星', null],
    ['ja', '夜空パレット', 'yozora is a palette', null],
    ['zh', '银河乳霜', 'my yinhe rushuang jar', 'yinhe rushuang'],
    ['zh', '銀河乳霜', '#yinherushuang', 'yinherushuang'],
    ['zh', '银河乳霜', 'Yin He Ru Shuang', 'Yin He Ru Shuang'],
    ['zh', '银河', 'yinhe', null],
    ['zh', '大海面', 'da hai mian', 'da hai mian'],
    ['zh', '银河乳霜', 'yinhe mianshuang', null],
    // Characters of no frequency list.
    ['zh', '玫瑰釉彩', 'meigui youcai', 'meigui youcai'],
    ['zh', '琥珀唇釉', '#hupochunyou', 'hupochunyou'],
  ])('%s: %s in %j', (lang, name, text, matched) => {
    const [match] = find(name, lang, text);
    expect(match?.matched ?? null).toBe(matched);
    if (matched !== null) expect(match?.how).toContain('transliterated');
  });

  it('is not looked for if the policy forbids it', () => {
    expect(find('夜空パレット', 'ja', 'よぞらパレット', { forbid: ['transliterated'] })).toEqual([]);
  });
});

describe('a word from English in a Hindi name', () => {
  it.each([
    ['रेशमी क्रीम', 'reshmi cream', 'reshmi cream'],
    ['रेशमी क्रीम', 'the reshmi kreem jar', 'reshmi kreem'],
    ['मोहिनी ब्लश', 'mohini blush', 'mohini blush'],
    ['सुनहरी लिपस्टिक', 'sunehri lipstick', 'sunehri lipstick'],
    ['पहेली सीरम', 'paheli serum', 'paheli serum'],
    ['रेशमी क्रीम', 'reshmi saree cream', null],
    ['चाय केक', 'chai cake', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'hi', text)[0]?.matched ?? null).toBe(matched);
  });
});

it.each([
  ['きょうとっこ', 'kyoutokko'],
  ['しゃちほこ', 'shachihoko'],
  ['りゅうじん', 'ryuujin'],
  ['まっちゃ', 'matcha'],
])('%s is %s', (kana, letters) => {
  expect(toLatin(kana)).toBe(letters);
  expect(toHiragana(letters)).toBe(kana);
});

it('reads katakana as it sounds, and no other letters', () => {
  expect(toLatin('ファンデーション')).toBe('fandeshon');
  expect(toLatin('abc')).toBeUndefined();
  expect(toHiragana('xq')).toBeUndefined();
});

describe('a hidden Han character', () => {
  it.each([
    ['银河面霜', '银*面霜', '银*面霜'],
    ['银河面霜', '新的银**面霜', '银**面霜'],
    ['银河面霜', '银河＊霜来了', '银河＊霜'],
    ['夜空パレット', '夜*パレット', '夜*パレット'],
    ['银河面霜', '银**霜', null],
    ['银河面霜', '银*行卖面霜', null],
    ['银河水', '银*水', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'zh', text)[0]?.matched ?? null).toBe(matched);
  });
});

describe('English words with two spellings', () => {
  it.each([
    ['Colour Garden', 'color garden', 'color garden'],
    ['Harbor Comet', '#HarbourComet', 'HarbourComet'],
    ['Velvet Theatre', 'the velvet theater kit', 'velvet theater'],
    ['St. Orla Lane', 'saint orla lane', 'saint orla lane'],
    ['Mount Ardel', 'mt. ardel', 'mt. ardel'],
    ['Colour', 'color', null],
    ['Orla St', 'orla saint', null],
  ])('%s in %j', (name, text, matched) => {
    expect(find(name, 'en', text)[0]?.matched ?? null).toBe(matched);
  });
});
