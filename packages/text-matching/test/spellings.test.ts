import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function watch(...names: string[]) {
  return compileTextMatcher(
    names.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
  ).matcher;
}

/** Invisible twins of ASCII letters. */
function tagCharacters(word: string): string {
  return Array.from(word, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}

/** name · text · the cut that is reported · how */
const found: readonly (readonly [string, string, string, string])[] = [
  ['Velora Mist', 'the Velora Mist is here', 'Velora Mist', 'exact'],
  ['Velora Mist', 'VELORA mist!', 'VELORA mist', 'case'],
  ['Velora Mist', 'so ＶＥＬＯＲＡ ｍｉｓｔ', 'ＶＥＬＯＲＡ ｍｉｓｔ', 'case compat'],
  ['Velora Mist', '𝐕𝐞𝐥𝐨𝐫𝐚 𝐌𝐢𝐬𝐭', '𝐕𝐞𝐥𝐨𝐫𝐚 𝐌𝐢𝐬𝐭', 'compat'],
  ['Velora Mist', '🅥🅔🅛🅞🅡🅐 🅜🅘🅢🅣', '🅥🅔🅛🅞🅡🅐 🅜🅘🅢🅣', 'case compat'],
  ['Velora Mist', '🇻🇪🇱🇴🇷🇦 🇲🇮🇸🇹', '🇻🇪🇱🇴🇷🇦 🇲🇮🇸🇹', 'case compat'],
  ['Velora Mist', 'Vélöra Mist', 'Vélöra Mist', 'diacritic'],
  ['Velora Mist', 'V̶e̶l̶o̶r̶a̶ Mist', 'V̶e̶l̶o̶r̶a̶ Mist', 'diacritic'],
  ['crème brisée', 'creme brisee', 'creme brisee', 'diacritic'],
  ['crème brisée', 'cre\u0300me brise\u0301e', 'cre\u0300me brise\u0301e', 'exact'],
  ['Velora Mist', 'V\u200be\u00adlora Mist', 'V\u200be\u00adlora Mist', 'zero-width'],
  ['crème brisée', 'cr&egrave;me bris&#233;e', 'cr&egrave;me bris&#233;e', 'entity'],
  ['crème brisée', '/p?q=cr%C3%A8me%20bris%C3%A9e', 'cr%C3%A8me%20bris%C3%A9e', 'entity separated'],
  ['Velora Mist', 'Ve&ZeroWidthSpace;lora Mist', 'Ve&ZeroWidthSpace;lora Mist', 'zero-width'],
  ['Velora Mist', 'V&#101lora Mist', 'V&#101lora Mist', 'entity'],
  ['Velora Mist', 'V&amp;#101;lora Mist', 'V&amp;#101;lora Mist', 'entity'],
  ['crème brisée', 'cr%25C3%25A8me-bris%2525C3%2525A9e', 'cr%25C3%25A8me-bris%2525C3%2525A9e', 'entity'],
  ['Velora Mist', String.raw`\u0056elora M\x69st`, String.raw`\u0056elora M\x69st`, 'entity'],
  ['Velora Mist', String.raw`V\u{65}lora Mist`, String.raw`V\u{65}lora Mist`, 'entity'],
  ['Velora Mist', 'Vel<b></b>ora Mi<wbr>st', 'Vel<b></b>ora Mi<wbr>st', 'zero-width'],
  ['Velora Mist', 'Vel<!-- no -->ora Mist', 'Vel<!-- no -->ora Mist', 'zero-width'],
  ['Velora Mist', '<p>Velora<br />Mist</p>', 'Velora<br />Mist', 'separated'],
  ['Velora Mist', '<img alt="Velora Mist">', 'Velora Mist', 'exact'],
  ['Velora Mist', '<b Velora Mist>', 'Velora Mist', 'exact'],
  ['Velora', '⠧⠑⠇⠕⠗⠁', '⠧⠑⠇⠕⠗⠁', 'compat'],
  ['Velora', tagCharacters('velora'), tagCharacters('velora'), 'compat'],
  ['Velora Mist', 'Vеlоrа Mist', 'Vеlоrа Mist', 'confusable'],
  ['Velora Mist', 'get the vel0r@ m1s7', 'vel0r@ m1s7', 'leet'],
  ['Velora Mist', 'Veloooora Misttt', 'Veloooora Misttt', 'repeat'],
  ['Velora Mist', '#VeloraMist', 'VeloraMist', 'joined'],
  ['Velora Mist', '@velora_mist', 'velora_mist', 'case separated'],
  ['Velora Mist', 'https://shop.example/p/velora-mist?x=1', 'velora-mist', 'case separated'],
  ['Velora Mist', 'V e l o r a   M i s t', 'V e l o r a   M i s t', 'spaced'],
  ['Velora Mist', 'V.e.l.o.r.a.M.i.s.t', 'V.e.l.o.r.a.M.i.s.t', 'spaced'],
  ['Velora Mist', '[V][e][l][o][r][a] [M][i][s][t]', 'V][e][l][o][r][a] [M][i][s][t', 'spaced'],
  ['Velora Mist', 'Velora ✨ Mist', 'Velora ✨ Mist', 'separated'],
  ['Velora Mist', 'Vel🔥ora Mist', 'Vel🔥ora Mist', 'split'],
  ['Velora Mist', 'V*lora Mist', 'V*lora Mist', 'masked'],
  ['Velora Mist', 'the Velora Mists', 'Velora Mists', 'inflected'],
  ['XR-7', 'the xr7 and more', 'xr7', 'case joined'],
  ['Straße', 'STRASSE', 'STRASSE', 'case'],
  ['İstanbul Gül', 'istanbul gul', 'istanbul gul', 'case diacritic'],
  ['ネオンリップ', '新作ﾈｵﾝﾘｯﾌﾟ発売', 'ﾈｵﾝﾘｯﾌﾟ', 'compat'],
  ['달빛', '달빛'.normalize('NFD'), '달빛'.normalize('NFD'), 'exact'],
  ['新月口红', '这是新月口红吗', '新月口红', 'exact'],
  ['Лунный Свет', 'лунный свет', 'лунный свет', 'case'],
];

describe('a name is found in its disguises, with span and evidence', () => {
  it.each(found)('%s in %j', (name, text, matched, how) => {
    const [match, ...others] = watch(name).match(text);
    expect(others).toEqual([]);
    expect(match?.matched).toBe(matched);
    expect(text.slice(match?.span[0], match?.span[1])).toBe(matched);
    expect(match?.how.filter((flag) => flag !== 'case' || how.includes('case')).join(' ')).toContain(
      how.replace(/^case /, ''),
    );
  });
});

const innocent: readonly (readonly [string, string])[] = [
  ['mooncrest', 'moon crest hill hike'],
  ['Driftless', 'driftlessness is a mood'],
  ['Velora Mist', 'velora, mist and rain'],
  ['Northwind 3', 'Northwind 35'],
  ['Northwind 3', 'Northwind 3.5'],
  ['Halo', 'the halogen lamp'],
  ['sor cop', 'сор сор'],
  ['cop', 'Убери этот сор из дома'],
  ['NX-4410B', 'NX-410B'],
  ['Ember & Oak', 'ember days and oak trees'],
];

describe('what only resembles a name is left alone', () => {
  it.each(innocent)('%s in %j', (name, text) => {
    expect(watch(name).match(text)).toEqual([]);
  });
});

describe('any string', () => {
  it.each([
    '',
    '\ud800',
    '\udfff\ud800x',
    'x\ud83d',
    '&#xd800;',
    '%ff%fe',
    '\u0301\u0301',
    '&',
    '%',
    '@',
    '#',
  ])('is taken: %j', (text) => {
    expect(watch('Velora Mist').match(text)).toEqual([]);
  });
});
