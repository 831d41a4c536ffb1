import { describe, expect, it } from 'vitest';
import { drawnSigns } from '../fold/drawn-signs.ts';
import { RewrittenText } from '../fold/rewritten-text.ts';
import { compileTextMatcher } from '../index.ts';

function match(name: string, text: string, policy?: Record<string, unknown>) {
  const term = { id: 't', text: name, kind: 'product', ...(policy === undefined ? {} : { policy }) };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.match(text);
}

describe('letters that draw another letter', () => {
  it.each([
    ['Palindra Cream', 'my Palindra Crearn is here', 'Palindra Crearn'],
    ['Cinnamon Loop', 'the Cinnarnon Loop', 'Cinnarnon Loop'],
    ['Wrenfield Boots', 'VVrenfield Boots', 'VVrenfield Boots'],
    ['Wrenfield Boots', 'so uurenfield boots', 'uurenfield boots'],
    ['Drumlin Path', 'at Clrumlin Path', 'Clrumlin Path'],
    ['Zimborra', 'Zirnborra!', 'Zirnborra'],
    ['Zimborra', 'two Zirnborras', 'Zirnborras'],
    ['Marrow Gate', '#MarrovvGate', 'MarrovvGate'],
    ['Kestrin Moss', 'the lcestrin rnoss', 'lcestrin rnoss'],
    ['Thornapple', 'a Thomapple today', 'Thomapple'],
    ['Palindra Cream', 'p a l i n d r a crearn', 'p a l i n d r a crearn'],
  ])('%s in %j', (name, text, matched) => {
    expect(match(name, text)[0]?.matched).toBe(matched);
  });

  it.each([
    ['Dark Moss', 'Clark Moss was there'],
    ['Bum Bag', 'burn bag'],
    ['Modem Kit', 'a modern kit'],
    ['Ornament', 'an omamentalist'],
    ['Mackett', 'Rnacket and more'],
    ['Rnackel', 'a Mackel'],
  ])('%s is not in %j', (name, text) => {
    expect(match(name, text).filter(({ how }) => how.includes('confusable'))).toEqual([]);
  });
});

describe('a word written only in letters of another alphabet that look Latin', () => {
  it.each([
    ['Harbor Comet', 'һагьог сомет', 'һагьог сомет'],
    ['Harbor Comet', 'вот: НАГВОГ СОМЕТ', 'НАГВОГ СОМЕТ'],
    ['Ventoria', 'νεητοгіа вчера', 'νεητοгіа'],
    ['Ventoria', 'vептогіа вчера', 'vептогіа'],
    ['Yellow Court', 'уеӏӏош соцгт', 'уеӏӏош соцгт'],
    ['Ocrapex', 'это осгарех', 'осгарех'],
  ])('%s in %j', (name, text, matched) => {
    expect(match(name, text)[0]?.matched ?? null).toBe(matched);
  });

  it.each([
    ['Copoka', 'сорока на ветке'],
    ['Kapta', 'старая карта'],
  ])('%s is not in %j, an ordinary word there', (name, text) => {
    expect(match(name, text)).toEqual([]);
  });
});

describe('letters drawn with signs', () => {
  it.each([
    ['Kestrin', '|<estrin', '|<estrin'],
    ['Kessavine', 'the |{essavine one', '|{essavine'],
    ['Orrinel', '()rrinel', '()rrinel'],
    ['Ventoria', 'a \\/entoria?', '\\/entoria'],
    ['Wrenfield Boots', '\\/\\/renfield B()()ts', '\\/\\/renfield B()()ts'],
    ['Harrowdene', '|-|arrowdene', '|-|arrowdene'],
    ['Auric Sun Veil', '/\\uric Su|\\| Veil', '/\\uric Su|\\| Veil'],
    ['Marrowgate', '|\\/|arrowgate', '|\\/|arrowgate'],
    ['Drumlin', '|)rumlin 7', '|)rumlin'],
    ['Marrowgate', '|\\/|4rr0wg473', '|\\/|4rr0wg473'],
  ])('%s in %j', (name, text, matched) => {
    expect(match(name, text)[0]?.matched).toBe(matched);
  });

  it.each([
    ['Oslo Kit', 'call oslo() or kit()'],
    ['Kim', '|<im'],
    ['Halo', 'main() { return (a|b) }'],
  ])('%s is not in %j', (name, text) => {
    expect(match(name, text).filter(({ matched }) => /[|\\/<]/.test(matched))).toEqual([]);
  });

  it('are read only in words that hold a letter', () => {
    expect(drawnSigns('\\/ () |< ><')).toEqual([]);
    expect(drawnSigns('a \\/b')).toEqual([{ from: 2, to: 4, text: 'v' }]);
  });
});

describe('names written in digits and signs', () => {
  it.each([
    ['Kessalita', 'K3$$@1!+@'],
    ['Ventoria', 'v3n70r14'],
    ['Zelostic', '231057ic'],
    ['Orbit Oasis', '0rb17 0a515'],
  ])('%s in %j', (name, text) => {
    expect(match(name, text)).toHaveLength(1);
  });

  it.each([
    ['Isolates', '15014735'],
    ['Lotte', 'room 10773'],
    ['Solo', '50l0'],
  ])('%s is not in %j', (name, text) => {
    expect(match(name, text)).toEqual([]);
  });
});

it('obeys a policy that forbids look-alikes', () => {
  expect(match('Zimborra', 'Zirnborra', { forbid: ['confusable'] })).toEqual([]);
});

describe('a rewritten text', () => {
  const text = new RewrittenText('ab cd ef', [
    { from: 6, to: 8, text: 'XYZ' },
    { from: 0, to: 2, text: 'q' },
    { from: 1, to: 4, text: 'lost' },
  ]);

  it('replaces places in order and drops what overlaps', () => {
    expect(text.text).toBe('q cd XYZ');
  });

  it.each([
    [0, 4, { from: 0, to: 5 }],
    [2, 4, undefined],
    [2, 8, { from: 3, to: 8 }],
    [6, 7, { from: 6, to: 8 }],
  ])('knows where %i to %i stood', (from, to, place) => {
    expect(text.originalOf(from, to)).toEqual(place);
  });
});
