/** A name in pieces, or glued to other letters, beside the ordinary words of a language. */
import { describe, expect, it } from 'vitest';
import { hasUnknownPiece, isPunctuatedWord } from '../../verify/word-guards.ts';
import { describeMatches } from './describe-matches.ts';
import { readMarked } from './marked-text.ts';

const SPLIT: readonly (readonly [name: string, text: string, answer: string])[] = [
  // Pictures and signs between letters, whatever the pieces are.
  ['Nightfall', 'the night🔥fall', 'night🔥fall | case split'],
  ['Intoone', 'in🔥to🔥one', 'in🔥to🔥one | case split'],
  ['Velmoria', 'Vel🔥mo🔥ria', 'Vel🔥mo🔥ria | split'],
  // A comma, where one of the pieces is rare.
  ['Firefly', 'fire,fly', 'fire,fly | case split'],
  ['Velmoria', 'vel:moria', 'vel:moria | case split'],
  // Spaces and hyphens, where a piece is no word.
  ['Velmoria', 'Velmo ria', 'Velmo ria | split'],
  ['Velmor', 'Ve lmor', 'Ve lmor | split'],
  ['Velmoria', 'Vel-moria', 'Vel-moria | split'],
  ['Velmoriazorvex', 'velm oria zorv ex', 'velm oria zorv ex | case split'],
  // Spaces, where a name of one word is rare and its pieces seldom meet.
  ['Duskhollow', 'dusk hollow', 'dusk hollow | case split'],
  // Spaces in a name of several words, where one of the pieces is not among the most common.
  ['Sunflower Oil', 'sun flower oil', 'sun flower oil | case split'],
  ['Copper Kite', 'co pper kite', 'co pper kite | case split'],
  ['Copper Kite', 'cop,per kite', 'cop,per kite | case split'],
  // A line that ends within a word.
  ['Nightfall', 'night-\nfall', 'night-\nfall | case split'],
  ['Nightfall', 'night-  \n  fall', 'night-  \n  fall | case split'],
  ['Nightfall', 'night‐\nfall', 'night‐\nfall | case split'],
  ['Tide', 'ti-\nde', 'ti-\nde | case split'],
];

describe('a name in pieces', () => {
  it.each(SPLIT)('%s in %j', (name, text, answer) => {
    expect(describeMatches(name, text)).toEqual([answer]);
  });

  it.each([
    ['Nightfall', 'night,fall'],
    ['Nightfall', 'night fall'],
    ['Sunflower', 'Sun Flower'],
    ['Intoone', 'in,to,one'],
    ['Intoone', 'in to one'],
    ['Into One', 'in to one'],
    ['Overhere Now', 'over here now'],
    ['Velmoria', 'Vel, moria'],
    ['Copper Kite', 'cop, per kite'],
    // More than three breaks, or too short a name.
    ['Velmoria', 'Vel m ori a'],
    ['Velmoriazorvex', 've lm oria zorv ex'],
    ['Velmo', 'Ve lmo'],
    ['Overhere Now', 'over here now zorvex'],
    // Lines that do not end within a word.
    ['Nightfall', 'night -\nfall'],
    ['Nightfall', 'night\nfall'],
    ['Nightfall', 'night=\nfall'],
    ['Nightfall', 'night-.\nfall'],
    ['Nightfall', 'night-\n.fall'],
    ['Nightfall', 'ni-\nght-\nfall'],
  ])('%s is not in %j', (name, text) => {
    expect(describeMatches(name, text)).toEqual([]);
  });
});

describe('a name whose capitals mark its parts, written as two words', () => {
  it.each([
    ['TidePool', 'Tide Pool', 'Tide Pool | separated'],
    ['TidePool', 'Tide Pool is here', 'Tide Pool | separated'],
    ['TidePool', 'TIDE POOL', 'TIDE POOL | case separated'],
    ['TidePool', 'tide-pool', 'tide-pool | case separated'],
    ['TidePool', 'tide_pool', 'tide_pool | case separated'],
    ['TidePool Serum', 'tide pool serum', 'tide pool serum | case separated'],
    ['ZorvKnit', 'zorv knit', 'zorv knit | case separated'],
    ['AeroKnit9', 'aeroknit 9', 'aeroknit 9 | case separated'],
  ])('%s in %j', (name, text, answer) => {
    expect(describeMatches(name, text)).toEqual([answer]);
  });

  it.each([
    ['TidePool', 'tide pool'],
    ['TidePool', 'Tide pool'],
    ['TidePool', 'tide Pool'],
    ['TidePool', 'Tide, Pool'],
    ['TidePool', 'Tide,Pool'],
    ['TidePool', 'a tide pool is'],
  ])('%s is not in %j', (name, text) => {
    expect(describeMatches(name, text)).toEqual([]);
  });
});

describe('a name glued to other letters', () => {
  it.each([
    // Frequent words, one or two on each side, and numbers.
    ['Velmoria', 'velmorialaunch', 'velmoria'],
    ['Velmoria', 'officialvelmoria', 'velmoria'],
    ['Velmoria', 'officialvelmorialaunch', 'velmoria'],
    ['Velmoria', 'newofficialvelmoria', 'velmoria'],
    ['Velmoria', 'velmoriaofficiallaunch', 'velmoria'],
    ['Velmoria', 'velmoria2028', 'velmoria'],
    ['Velmoria', '9velmoria', 'velmoria'],
    ['Velmoria', '2028velmorialaunch', 'velmoria'],
    ['Velmoria', 'velmorialaunchin', 'velmoria'],
    ['Velmoria', 'velmoriafog', 'velmoria'],
    ['Velmoria', 'velmorialoft', 'velmoria'],
    ['Velmoria', 'Velmoria9s', 'Velmoria'],
    ['Velmoria', 'velmoriaember', 'velmoria'],
    ['Velmoria', 'velmoriain', 'velmoria'],
    ['Velmora', 'velmoralaunch', 'velmora'],
    // The last letter may begin the next word.
    ['Opalveil', 'opalveillaunch', 'opalveill'],
    ['Copper Kite', 'copperkitelaunch', 'copperkite'],
  ])('%s in %j', (name, text, cut) => {
    const [match, ...others] = describeMatches(name, text);
    expect(others).toEqual([]);
    expect(match).toMatch(new RegExp(`^${cut} \\|.* glued$`));
  });

  it.each([
    // Letters that are no words, or rare ones.
    ['Velmoria', 'velmoriazzk'],
    ['Velmoria', 'zzkvelmoria'],
    ['Velmoria', 'officialvelmoriazzk'],
    ['Velmoria', 'velmoriadusk'],
    ['Velmoria', 'velmoriahq'],
    ['Velmoria', 'stvelmoria'],
    // Three words.
    ['Velmoria', 'thenewofficialvelmoria'],
    ['Velmoria', 'velmorialaunchdaynow'],
    // Short names and ordinary ones.
    ['Velmor', 'velmorlaunch'],
    ['Nightfall', 'nightfalllaunch'],
    // The name's last letter is no letter of the next word.
    ['Opalveil', 'opalveilaunch'],
    ['Opalveil', 'opalveilzaunch'],
    // Inside an ordinary word.
    ['Ivermor', 'livermore'],
    ['Sletter', 'newsletter'],
    ['Basketb', 'basketball'],
    // No number, and one word that is too long for a chance only beside others.
    ['Velmoria', 'x9velmorialaunch'],
    ['Velmoriaquill', 'zzkvelmoriaquillzzk'],
    // Nine letters of several words, double ones counted once.
    ['Copper Kite', 'copperkitezzk'],
  ])('%s is not in %j', (name, text) => {
    expect(describeMatches(name, text)).toEqual([]);
  });

  it.each([
    ['Quillon Ember', 'xoquillonemberzzk'],
    ['Quillon Ember', 'zzkquillonember'],
    ['Amber Kites', 'zzkamberkites'],
  ])('%s is found in %j: several words this long are no chance', (name, text) => {
    expect(describeMatches(name, text)).toHaveLength(1);
  });
});

describe('a piece that is no ordinary word', () => {
  it.each([
    ['‹zorv›', true],
    ['‹the zorv›', true],
    ['‹zorv the›', true],
    ['‹zorv› the', true],
    ['the ‹zorv›', true],
    ['‹the› zorv', false],
    ['‹the house›', false],
    // Two letters say nothing.
    ['‹zk›', false],
    ['‹xq›', false],
    ['‹zkv›', true],
  ])('in %s: %s', (marked, expected) => {
    const { view, start, end } = readMarked(marked);
    expect(hasUnknownPiece(view, start, end)).toBe(expected);
  });
});

describe('an ordinary word between punctuation', () => {
  it.each([
    ['‹bound!›', true],
    ['‹!bound›', true],
    ['‹$ash›', true],
    ['so ‹bound!› then', true],
    ['‹bound›', false],
    ['‹zorvlund!›', false],
    ['‹bound!s›', false],
    ['x‹bound!›', false],
    ['‹!!›', false],
    ['‹the bound!›', false],
  ])('in %s: %s', (marked, expected) => {
    const { text, view, start, end } = readMarked(marked);
    expect(isPunctuatedWord(text, view, start, end)).toBe(expected);
  });
});
