import { foldText } from './fold/fold-text.ts';
import { FoldedText } from './fold/folded-text.ts';
import { type NameForm } from './names/name-form.ts';
import { type NameTrie } from './scan/name-trie.ts';
import { scanNames, type NameSink } from './scan/scan-names.ts';
import { type WordTable } from './words/known-words.ts';
import { searchWords } from './words/search-words.ts';
import { type WordIndex } from './words/word-index.ts';
import { WordView } from './words/word-view.ts';
import { type TextItem, type TextMatch, type TextMatcher } from './text-match.ts';
import { type Candidate } from './verify/candidate.ts';
import { describeEvidence } from './verify/evidence.ts';
import { judgeSpelling } from './verify/judge-spelling.ts';

/** Fold → scan → verify for a fixed list of terms. */
export class NameMatcher implements TextMatcher, NameSink {
  readonly #items: readonly TextItem[];
  readonly #forms: readonly NameForm[];
  readonly #trie: NameTrie;
  readonly #words: WordIndex;
  readonly #text = new FoldedText();
  readonly #view: WordView;
  #candidates: Candidate[] = [];

  constructor(
    items: readonly TextItem[],
    forms: readonly NameForm[],
    trie: NameTrie,
    words: WordIndex,
    known: WordTable,
  ) {
    this.#items = items;
    this.#forms = forms;
    this.#trie = trie;
    this.#words = words;
    this.#view = new WordView(known);
  }

  get size(): number {
    return this.#items.length;
  }

  match(text: string): TextMatch[] {
    foldText(text, this.#text);
    this.#candidates = [];
    this.#view.read(this.#text);
    searchWords(this.#text, this.#view, this.#words, this.#candidates);
    scanNames(this.#text, this.#trie, this);
    if (this.#candidates.length === 0) return [];
    return bestOfEach(this.#candidates).map((candidate) => this.#report(text, candidate));
  }

  spelled(keyAt: number, path: Int32Array, depth: number, end: number): void {
    const { keyOrder } = this.#trie;
    const { key } = this.#forms[keyOrder[keyAt]!]!;
    for (let at = keyAt; at < keyOrder.length; at++) {
      const form = this.#forms[keyOrder[at]!]!;
      if (form.key.length !== depth || !isSameKey(form.key, key)) break;
      const candidate = judgeSpelling(this.#text, form, path, end);
      if (candidate !== undefined) this.#candidates.push(candidate);
    }
  }

  #report(text: string, candidate: Candidate): TextMatch {
    const { campaignId, term } = this.#items[candidate.item]!;
    return {
      campaignId,
      itemId: term.id,
      confidence: candidate.confidence,
      span: [candidate.from, candidate.to],
      matched: text.slice(candidate.from, candidate.to),
      how: describeEvidence(candidate.evidence),
      distance: candidate.distance,
    };
  }
}

function isSameKey(a: Int32Array, b: Int32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** The surest candidate of each item, then the longest, then the first; in the order of the text. */
function bestOfEach(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const held = best.get(candidate.item);
    if (held === undefined || isBetter(candidate, held)) best.set(candidate.item, candidate);
  }
  return [...best.values()].sort((a, b) => a.from - b.from || a.to - b.to || a.item - b.item);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  const longer = a.to - a.from - (b.to - b.from);
  return longer === 0 ? a.from < b.from : longer > 0;
}
