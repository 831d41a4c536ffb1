/** Letters hidden behind signs. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function match(name: string, text: string) {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name } }]).matcher.match(text);
}

describe('a name with hidden letters is found', () => {
  it.each([
    ['Copper Lullaby', 'the C*pper Lull*by'],
    ['Copper Lullaby', 'C*pp*r L*ll*b*'],
    ['Copper Lullaby', 'Coppe* *ullaby today'],
    ['Copper Lullaby', 'it is Copp** Lulla**'],
    ['Copper Lullaby', 'Copp██ Lullab█!'],
    ['Copper Lullaby', 'Copper Lullab*\nis here'],
    ['Copper Lullaby', 'C😍pper Lull😍by'],
    ['Luz Serena', 'Lu* Serena'],
    ['Quillfeather', 'the Quillf***her'],
    ['Paper Lantern', 'Pap*r Lante**'],
    ['Copper Lullaby', 'C_pper Lull_by'],
    ['Brindlewick', 'br_ndl_w_ck'],
    ['Tinder Hollow 3', 'Tind_r Holl_w 3'],
    ['Orsolune Mist', 'Ors/lune Mist'],
    ['Orsolune', 'Orsol/ne is out'],
    ['Velmoria', 'V🌸lmori🌸 is here'],
    ['Ombra Runner', 'Ombr🌸 R🌸nner'],
    ['Ombra Runner', 'Ombr_ Runner'],
    ['Nettle Court', 'N🌸ttl🌸 Court'],
    ['Nettle Court', 'told you: N🌸ttl🌸 C🌸🌸rt 👀'],
    ['Cinder Loop', 'C🌸nd🌸r L🌸🌸p'],
    ['Ventoria', 'V🌸nt🌸r🌸🌸 soon'],
    ['Ocelot Nine', 'it is Oc*l*t N*n* 👀'],
    ['Ocelot Nine', 'Oc🌸l🌸t N🌸n🌸 👀'],
    ['mint7wave', 'the *int7wave set'],
    ['mint7wave', 'mint7wav* soon'],
  ])('%s in %j', (name, text) => {
    const [found, ...others] = match(name, text);
    expect(others).toEqual([]);
    expect(found?.how).toContain('masked');
    expect(text.slice(...(found?.span ?? [0, 0]))).toBe(found?.matched);
  });
});

describe('too little of a name is none', () => {
  it.each([
    ['Copper Lullaby', 'C***** L******'],
    ['Copper Lullaby', 'Copper *******'],
    ['Copper Lullaby', '* Copper * Lucy *'],
    ['Tour Apple', 'the tour (@ home) !!!!!'],
    ['Stars Start', 'Star #StarTrek'],
    ['Fading Bells', 'f***ing b****'],
    ['Paper Lantern', 'paper - lanes'],
    ['Emberly', '#september11 #love always'],
    ['Monthra', 'the month (as a number)'],
    ['Planet Mist', 'plane🔥 mist'],
    ['Beachyo', 'at the beach🌸🌸 today'],
    ['Velmora', 'Velm🌸🌸🌸 is here'],
    ['Datara', '--data=‹ x'],
    ['Beachy', 'at the beach🌸 today'],
    ['Handymade', 'all hand-made'],
    ['Andover', 'this and/over that'],
    ['Shelter Pine', 'he/she shelf/pine'],
    ['Exampleway', 'https://ex.example/way'],
  ])('%s in %j', (name, text) => {
    expect(match(name, text)).toEqual([]);
  });
});

describe('a question mark for the first letter', () => {
  it.each([
    ['Cobalt Elmtree', 'my Cobalt ?lmtree', 'Cobalt ?lmtree'],
    ['Cobalt Elmtree', 'is it Cobalt? Lmtree is here', null],
    ['Cobalt Elmtree', 'is it Cobalt ? lmtree is here', null],
  ])('%s in %j', (name, text, matched) => {
    expect(match(name, text)[0]?.matched ?? null).toBe(matched);
  });
});

describe('a word with digits', () => {
  it.each(['mint7wafe', 'mint8wave', 'int7wave'])('is not in %j', (text) => {
    expect(match('mint7wave', text)).toEqual([]);
  });
});

describe('one sign for several letters', () => {
  it('masks the end of a rare word, too', () => {
    expect(match('Orvo Rinner 3', 'psst Orv🌸 R🌸nner 3')).toHaveLength(1);
  });

  it('hides nothing behind an ordinary word', () => {
    expect(match('Stars Ranger', 'star🌸 r🌸nger')).toEqual([]);
  });
});
