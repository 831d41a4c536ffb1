import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function takes(query: string, text: string): boolean {
  const term = { id: 'q', text: query, kind: 'query' };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.match(text).length === 1;
}

type Case = readonly [query: string, taken: readonly string[], refused: readonly string[]];

const KINDS: Readonly<Record<string, readonly Case[]>> = {
  'words near each other': [
    ['velora NEAR/2 mist', ['velora new big mist', 'mist, so velora'], ['velora a b c mist']],
    ['velora NEAR/2f mist', ['velora new big mist'], ['mist so velora', 'velora a b c mist']],
    ['velora NEAR/2F mist', ['velora new mist'], ['mist velora']],
    ['velora ONEAR/0 mist', ['Velora Mist'], ['Mist Velora', 'velora x mist']],
    ['velora near/2 mist', ['velora new mist'], ['velora a b c mist']],
    [
      'velora NEAR/1 mist NEAR/1 drop',
      ['mist velora drop', 'velora x mist x drop'],
      ['velora mist a b drop'],
    ],
    ['(velora OR lumina) NEAR/1 (mist OR balm)', ['balm by Lumina'], ['lumina is no balm']],
    ['velora NEAR/3 velora', ['velora, oh velora'], ['velora']],
    ['velora NEAR/100 mist', [`velora ${'so '.repeat(100)}mist`], [`velora ${'so '.repeat(101)}mist`]],
  ],
  'AND and NOT beside a NEAR': [
    ['velora NEAR/3 (mist NOT review)', ['velora mist. so good, really. a review'], ['velora mist review']],
    ['velora NEAR/3 (NOT review)', ['velora is what I like, no review', 'velora'], ['velora review']],
    ['(mist NOT review) NEAR/3 velora', ['mist by velora'], ['review: mist by velora']],
    ['velora NEAR/2 (mist AND drop)', ['mist for velora drop'], ['velora mist of the next big drop']],
    ['velora ONEAR/2 (mist AND drop)', ['velora mist drop'], ['mist velora drop']],
    ['(mist AND drop) ONEAR/2 velora', ['mist drop velora'], ['mist velora drop']],
    ['velora NEAR/1 ((mist NOT old) OR balm)', ['velora old balm', 'velora mist'], ['old velora mist']],
  ],
  'a phrase with a distance': [
    [
      '"velora mist"~2',
      ['velora new big mist', 'mist of the velora', '#VeloraMist'],
      ['velora a b c mist', 'velora'],
    ],
    ['"velora mist"~0', ['velora mist', 'mist velora'], ['velora x mist']],
    ['"new velora mist"~1', ['mist by new velora'], ['new mist', 'new big mist by velora']],
    ['"drop drop"~3', ['drop it and drop'], ['drop it']],
  ],
  wildcards: [
    ['velm?ra', ['velmora', 'VELMIRA', 'Velmóra', 'velm1ra'], ['velmra', 'velmoora', 'velmoran', 'avelmora']],
    ['vel*ra', ['velra', 'velmora', 'Velora'], ['velorad', 'vel ra']],
    ['velora?', ['veloras', 'velora2'], ['velora', 'veloraxx', 'velora?']],
    ['velora??', ['veloraxy'], ['velorax']],
    ['launch*', ['launch', 'launches', 'Launching!', '#launchday'], ['relaunch', 'lunch']],
    ['v1*', ['v1', 'v12', 'v1.5'], ['v2']],
    ['c?lor', ['color', 'calor'], ['colour']],
    ['#dr?p*', ['#Drop28', '#drip'], ['drop28', '#dro']],
    ['@velora*', ['@Velora_x', '@veloras'], ['velora', '#velora']],
    ['별?', ['별빛'], ['별']],
    ['"velora mi?t"', ['velora mist', 'the Velora-Mint'], ['velora mit', 'velora a mist']],
    ['"apple orchard*"', ['apple orchards'], ['apple']],
    [
      '"velora * mist"',
      ['velora new mist', 'velora-x-mist'],
      ['velora mist', 'velora very new mist', 'mist new velora'],
    ],
    ['"velora * * mist"', ['velora very new mist'], ['velora new mist']],
    ['"a* * b*"', ['ab or bc'], ['ab bc']],
  ],
  'signs that are meant': [
    ['"$49"', ['only $49!', '＄49', '$49.'], ['49 people', '49$', '$490', '$4.9', '$49.99']],
    ['$49', ['for $49'], ['49', '€49']],
    ['49€', ['49€', 'nur 49€!'], ['49', '€49', '49 $']],
    ['velora AND "$49"', ['velora at $49'], ['velora 49']],
    ['"C#"', ['C#', 'learn c# now'], ['C', 'C++', 'vitamin C #skin']],
    ['C++', ['C++ rocks'], ['C+', 'C', 'c']],
    ['"C+"', ['grade C+'], ['C++', 'C']],
    ['"#1"', ['#1', 'we are #1!'], ['1', 'no 1']],
    ['".com"', ['.com', 'velora.com'], ['com', 'dot com']],
    ['.net', ['the .NET runtime'], ['net']],
    ['"Google+"', ['google+', 'Google+ is here'], ['google']],
    ['"100%"', ['100% sure'], ['100', '100 people']],
    ['AT&T', ['AT&T', 'at & t', 'at and t', 'AT&amp;T'], ['AT T', 'att']],
    ['"rock & roll"', ['rock & roll', 'Rock and Roll'], ['rock roll']],
    ['"24/7"', ['open 24/7'], ['24 7', '247']],
    ['"1.5"', ['v 1.5', '1,5'], ['15', '1 5']],
    ['$VLMR', ['buy $VLMR', '$vlmr'], ['vlmr the acronym', '#VLMR']],
    ['#launch', ['big #Launch', '＃launch'], ['the launch', '@launch', '# launch']],
    ['@velora', ['by @Velora', '@velora!'], ['by velora', '#velora', 'a@b velora']],
    ['@velora_mist', ['@Velora_Mist'], ['@veloramist', '@velora.mist', 'velora_mist']],
    ['"velora, mist!"', ['velora mist'], []],
    ['"49 €"', ['49€', '49 €'], ['49 people', '5€']],
    ['"F#m"', ['in F#m'], ['Fm']],
    ['"U.S."', ['the U.S. launch', 'u.s'], ['tell us', 'US']],
    ['D.C.', ['in D.C.', 'D. C.'], ['dc']],
    ['"S.H.I.E.L.D."', ['S.H.I.E.L.D.', 'SHIELD'], ['field']],
    ['"velora™"', ['velora', 'Velora™'], ['velor']],
    ["it's", ['its', "it's"], ['it']],
  ],
  'raw text': [
    ['raw:Velmora+', ['Velmora+ is here'], ['velmora+', 'Velmora', 'Velmora +']],
    ['raw:"Velora Mist!"', ['so Velora Mist!'], ['Velora Mist', 'Velora  Mist!', 'Velora-Mist!']],
    ['raw:(Velora OR "MIST.")', ['Velora', 'the MIST.'], ['velora', 'MIST']],
    ['{Kindling}', ['Kindling'], ['kindling', 'KINDLING']],
    ['{C#}', ['C#'], ['c#', 'C']],
  ],
  emoji: [
    ['🔥 AND velora', ['velora 🔥', '🔥velora'], ['velora', '🔥']],
    ['"🔥"', ['so 🔥🔥'], ['so hot']],
    ['❤', ['I ❤️ it', '❤'], ['♥']],
    ['👍', ['👍🏽', '👍'], ['👎']],
    ['velora🔥', ['velora🔥', 'Velora🔥!'], ['velora', 'velora x 🔥']],
    ['"🔥 velora"', ['🔥velora', '🔥 Velora'], ['velora']],
    ['🇩🇪', ['in 🇩🇪'], ['in 🇦🇹']],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', ['go 🏴󠁧󠁢󠁥󠁮󠁧󠁿'], ['🏴', '🏴󠁧󠁢󠁳󠁣󠁴󠁿']],
    ['👨‍👩‍👧', ['👨‍👩‍👧!'], ['👨 👩 👧', '👨']],
    ['👩🏽‍🚀', ['👩‍🚀', '👩🏿‍🚀'], ['👩', '🚀']],
    ['velora AND 1️⃣', ['1️⃣ velora'], ['velora 1', '1 velora']],
    ['velora NOT 🔥', ['velora'], ['velora 🔥']],
    ['velora NEAR/2 🔥', ['velora so 🔥'], ['velora is what they call it now 🔥']],
  ],
  'operators in lower case': [
    ['velora and mist', ['mist by velora'], ['velora']],
    ['velora or mist', ['velora', 'mist'], ['balm']],
    ['velora Or mist', ['mist'], ['balm']],
    ['"velora and mist"', ['velora and mist'], ['velora mist']],
    ['rock "and" roll', ['rock and roll'], ['rock roll']],
  ],
  comments: [
    ['velora <<<the brand>>> AND mist', ['velora mist'], ['velora', 'the brand']],
    ['<<< a (b "c >>> velora', ['velora'], ['b']],
    ['velora<<<the brand>>>AND mist', ['velora mist'], ['velora']],
    ['hashtags:velora<<<the brand>>>', ['#velora'], ['velora']],
  ],
  'quotes and brackets of other keyboards': [
    ['“velora mist” OR „glow serum“', ['Velora Mist', 'glow serum'], ['velora']],
    ['«velora mist»', ['velora mist'], ['velora x mist']],
    ['»velora mist«', ['velora mist'], ['velora x mist']],
    ['»velora mist»', ['velora mist'], ['velora x mist']],
    ['”velora mist” or ”glow serum”', ['velora mist', 'glow serum'], ['velora x mist']],
    ['‟velora mist”', ['velora mist'], ['velora x mist']],
    ['‹velora mist›', ['velora mist'], ['velora x mist']],
    ['›velora mist‹', ['velora mist'], ['velora x mist']],
    ['「velora mist」OR『glow serum』', ['velora mist', 'glow serum'], ['velora x mist']],
    ['＂velora mist＂', ['velora mist'], ['velora x mist']],
    ['velora -„glow serum“', ['velora'], ['velora glow serum']],
    ['„velora mist“~2', ['mist of velora'], ['velora']],
    ['title:„velora mist“', ['velora mist'], ['velora x mist']],
    ['hashtags:«velora»', ['#velora'], ['velora']],
    ['velora ＡＮＤ mist', ['velora mist'], ['velora and']],
    ['velora\u3000ｏｒ\u00a0mist', ['mist'], ['or']],
    ['（velora OR lumina） mist', ['lumina mist'], ['mist']],
  ],
  'hashtags:': [
    ['hashtags:launch', ['#launch'], ['launch']],
    ['hashtag:(launch OR "#drop*") velora', ['velora #dropday'], ['velora drop']],
  ],
  'links and addresses': [
    [
      'links:x.example',
      ['https://x.example/velora', 'at www.X.example!', 'a.x.example'],
      ['x example', 'x.example.com', 'ax.example'],
    ],
    [
      'links:x.example/velora',
      ['http://x.example/velora?a=1', '(x.example/velora)'],
      ['x.example/velorad', 'x.example'],
    ],
    ['url:"https://www.x.example/velora/"', ['see x.example/velora/mist'], ['x.example/mist']],
    ['links:x.example/a?id=1', ['https://x.example/a?id=1&b'], ['https://x.example/a']],
    ['-links:x.example velora', ['velora'], ['velora https://x.example']],
  ],
  'scripts without spaces': [
    [
      '月影 NEAR/5 発売',
      ['月影パレットが明日いよいよ発売'],
      ['月影パレットが明日いよいよ全国の有名な百貨店の化粧品売り場で同時に発売'],
    ],
    ['별빛 NEAR/3 출시', ['별빛을 오늘 출시합니다', '오늘 출시, 별빛'], ['별빛을 가 나 다 라 마 출시']],
    ['月影 ONEAR/5 発売', ['月影を発売'], ['発売する月影']],
  ],
};

describe.each(Object.entries(KINDS))('%s', (_, cases) => {
  it.each(cases)('%s', (query, taken, refused) => {
    for (const text of taken) expect(takes(query, text), `takes ${text}`).toBe(true);
    for (const text of refused) expect(takes(query, text), `refuses ${text}`).toBe(false);
  });
});
