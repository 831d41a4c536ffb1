/** Endings beside natural's inflector and stemmers. */
import { NounInflector } from 'natural/lib/natural/inflectors/index.js';
import {
  PorterStemmer,
  PorterStemmerDe,
  PorterStemmerEs,
  PorterStemmerFr,
} from 'natural/lib/natural/stemmers/index.js';
import { WordTokenizer } from 'natural/lib/natural/tokenizers/index.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../fold/fold-text.ts';
import { inflectedForms } from '../../languages/endings.ts';
import { loadKnownWords } from '../../words/known-words.ts';
import { WordView } from '../../words/word-view.ts';

/** Invented nouns, as names mostly are; none ends in a way that English inflects irregularly. */
const noun = fc
  .stringMatching(/^[bcdglmnprt][aeiou][bdglmnprt][aeiou](?:[bdglmnprt]|ry|sh|x)$/)
  .filter((word) => !/(?:man|tum)$/.test(word));

describe('inflected forms', () => {
  it('hold the plural that natural makes of an invented noun', () => {
    const inflector = new NounInflector();
    fc.assert(
      fc.property(noun, (word) => {
        expect(inflectedForms(word, 'en')).toContain(inflector.pluralize(word));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['en', PorterStemmer, 'lantern', 'lanterns'],
    ['de', PorterStemmerDe, 'laterne', 'laternen'],
    ['es', PorterStemmerEs, 'farola', 'farolas'],
    ['fr', PorterStemmerFr, 'lanterne', 'lanternes'],
  ] as const)('agree with the stemmer for %s', (language, stemmer, word, form) => {
    expect(inflectedForms(word, language)).toContain(form);
    expect(stemmer.stem(form)).toBe(stemmer.stem(word));
  });

  it.each([
    ['driftless', 'driftlessness'],
    ['general', 'generic'],
    ['universal', 'university'],
  ])('keep %s apart from %s, which a stemmer joins', (word, derived) => {
    expect(PorterStemmer.stem(derived)).toBe(PorterStemmer.stem(word));
    expect(inflectedForms(word, 'en')).not.toContain(derived);
  });
});

describe('words of a text', () => {
  it("are natural's tokens where the text is letters, spaces and full stops", () => {
    const tokenizer = new WordTokenizer();
    const view = new WordView(loadKnownWords());
    const sentence = fc
      .array(fc.stringMatching(/^[b-df-hj-np-tv-z]{1,8}[.]?$/), { maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(sentence, (text) => {
        const folded = foldText(text);
        view.read(folded);
        const words = Array.from({ length: view.count }, (_, word) =>
          String.fromCodePoint(...folded.symbols.subarray(view.from[word], view.to[word])),
        );
        expect(words).toEqual(tokenizer.tokenize(text));
      }),
    );
  });
});
