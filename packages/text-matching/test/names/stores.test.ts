/** Names and spellings come out of their stores as they went in. */
import { type Term } from '@leakwatch/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeNames, seededRandom } from '../../bench/make-corpus.ts';
import { languageOf } from '../../languages/language-of.ts';
import { FormStoreBuilder } from '../../names/form-store.ts';
import { nameForm, type NameForm } from '../../names/name-form.ts';
import { nameOf, UnusableNameError, type Name } from '../../names/name.ts';
import { NameStoreBuilder } from '../../names/name-store.ts';
import { policyOf } from '../../policy/term-policy.ts';
import { loadKnownWords } from '../../words/known-words.ts';

const known = loadKnownWords();
const TERMS: readonly Omit<Term, 'id'>[] = [
  ...makeNames(200, seededRandom(5)).map((text) => ({ text })),
  { text: 'Crème de Néon', lang: 'fr' },
  { text: 'Сияние Мох', lang: 'ru' },
  { text: '夜空パレット' },
  { text: '쿠키히어로' },
  // Letters that take two UTF-16 units.
  { text: '𐐀𐐁𐐂𐐃 Ember' },
  { text: '49 EUR', kind: 'price' },
  { text: '2027-03-12', kind: 'date' },
  { text: 'QX-4471-B', kind: 'sku' },
  { text: 'Halden Prism', policy: { near: 3, require: ['launch day'], boundary: 'word' } },
  { text: 'Halden Prism Two', policy: { near: 3, require: ['launch day'], boundary: 'word' } },
];

function nameOfTerm(term: Omit<Term, 'id'>, index: number): Name {
  const language = term.lang ?? languageOf(term.text);
  return nameOf(
    index,
    term.text,
    language,
    (length, isOrdinary) => policyOf({ ...term, id: 't' }, length, isOrdinary),
    known,
  );
}

/** Arrays of numbers as they read, whatever they are views of. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => toArray(part)));
}

function toArray(part: unknown): unknown {
  if (part instanceof Int32Array || part instanceof Uint8Array || part instanceof Set) return [...part];
  return part === undefined ? 'nothing' : part;
}

describe('the store of names', () => {
  it('gives each name as it was, asked in any order and again', () => {
    const names = TERMS.map(nameOfTerm);
    const builder = new NameStoreBuilder();
    for (const name of names) builder.add(name);
    const store = builder.build(names.length);
    for (const name of [...names].reverse()) expect(plain(store.at(name.index))).toEqual(plain(name));
    for (const name of names) expect(plain(store.at(name.index))).toEqual(plain(name));
    expect([...store.indexesBefore(names.length)].map((index) => plain(store.at(index)))).toEqual(
      names.map(plain),
    );
  });

  it('gives any name as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        let name: Name;
        try {
          name = nameOfTerm({ text }, 0);
        } catch (error) {
          if (error instanceof UnusableNameError) return;
          throw error;
        }
        const builder = new NameStoreBuilder();
        builder.add(name);
        expect(plain(builder.build(1).at(0))).toEqual(plain(name));
      }),
    );
  });

  it('passes over indexes without a name', () => {
    const builder = new NameStoreBuilder();
    builder.add(nameOfTerm({ text: 'Quillon Ember' }, 2));
    builder.add(nameOfTerm({ text: 'Noctelle Velvet' }, 4));
    const store = builder.build(6);
    expect([...store.indexesBefore(6)]).toEqual([2, 4]);
    expect([...store.indexesBefore(4)]).toEqual([2]);
    expect(store.at(4).text).toBe('Noctelle Velvet');
    expect(store.texts).toEqual([
      undefined,
      undefined,
      'Quillon Ember',
      undefined,
      'Noctelle Velvet',
      undefined,
    ]);
  });

  it('keeps equal policies once', () => {
    const builder = new NameStoreBuilder();
    for (const [index, term] of TERMS.entries()) builder.add(nameOfTerm(term, index));
    const store = builder.build(TERMS.length);
    expect(store.policies.length).toBeLessThan(10);
    expect(store.at(TERMS.length - 1).policy).toBe(store.at(TERMS.length - 2).policy);
  });
});

describe('the store of spellings', () => {
  it('gives each spelling as it was, and its key for the trie', () => {
    const forms = TERMS.flatMap(({ text }, index): NameForm[] => {
      const form = nameForm(index, text, index);
      return form === undefined ? [] : [form];
    });
    const builder = new FormStoreBuilder();
    for (const form of forms) builder.add(form);
    const store = builder.build();
    const keys = store.keys();
    expect(keys.count).toBe(forms.length);
    for (const [index, form] of forms.entries()) {
      expect(plain(store.at(index))).toEqual(plain(form));
      expect(store.lengthOf(index)).toBe(form.key.length);
      expect([...keys.at(index)]).toEqual([...form.key]);
    }
  });
});
