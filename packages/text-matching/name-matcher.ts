import { foldText } from './fold/fold-text.ts';
import { FoldedText } from './fold/folded-text.ts';
import { mirrorText } from './fold/mirror-text.ts';
import { type NameForm } from './names/name-form.ts';
import { type Name } from './names/name.ts';
import { admits } from './policy/admits.ts';
import { type NameTrie } from './scan/name-trie.ts';
import { scanNames, type NameSink } from './scan/scan-names.ts';
import { type TextMatch, type TextMatcher } from './text-match.ts';
import { type Candidate } from './verify/candidate.ts';
import { confidenceOf } from './verify/confidence.ts';
import { REVERSED, describeEvidence } from './verify/evidence.ts';
import { judgeSpelling } from './verify/judge-spelling.ts';
import { type WordTable } from './words/known-words.ts';
import { searchWords } from './words/search-words.ts';
import { type WordIndex } from './words/word-index.ts';
import { WordView } from './words/word-view.ts';

/** Fold → scan and search → verify, for a fixed list of names. The fields that change are scratch space of one call. */
export class NameMatcher implements TextMatcher, NameSink {
  readonly #names: readonly Name[];
  readonly #forms: readonly NameForm[];
  readonly #trie: NameTrie;
  readonly #words: WordIndex;

  readonly #forwards: { readonly text: FoldedText; readonly view: WordView };
  readonly #backwards: { readonly text: FoldedText; readonly view: WordView };
  #reading: { readonly text: FoldedText; readonly view: WordView };
  #candidates: Candidate[] = [];

  constructor(
    names: readonly Name[],
    forms: readonly NameForm[],
    trie: NameTrie,
    words: WordIndex,
    known: WordTable,
  ) {
    this.#names = names;
    this.#forms = forms;
    this.#trie = trie;
    this.#words = words;
    // A name that is wanted anywhere may start at any letter.
    const isAnywhere = names.some((name) => name.policy.boundary === 'anywhere');
    this.#forwards = { text: isAnywhere ? new FoldedText(1) : new FoldedText(), view: new WordView(known) };
    this.#backwards = { text: new FoldedText(), view: new WordView(known) };
    this.#reading = this.#forwards;
  }

  get size(): number {
    return this.#names.length;
  }

  match(text: string): TextMatch[] {
    this.#candidates = [];
    const { text: folded, view } = this.#forwards;
    this.#reading = this.#forwards;
    foldText(text, folded);
    view.read(folded);
    const isBackwards = searchWords(folded, view, this.#words, this.#candidates);
    scanNames(folded, this.#trie, this);
    if (isBackwards || folded.hasTurned) this.#readBackwards();
    if (this.#candidates.length === 0) return [];
    const admitted = this.#candidates.filter((candidate) =>
      admits(this.#names[candidate.item]!.policy, candidate, folded, view),
    );
    return bestOfEach(admitted).map((candidate) => this.#report(text, candidate));
  }

  spelled(keyAt: number, path: Int32Array, depth: number, end: number): void {
    const { keyOrder } = this.#trie;
    const { text, view } = this.#reading;
    const { key } = this.#forms[keyOrder[keyAt]!]!;
    for (let at = keyAt; at < keyOrder.length; at++) {
      const form = this.#forms[keyOrder[at]!]!;
      if (form.key.length !== depth || (at > keyAt && !isSameKey(form.key, key))) break;
      const candidate = judgeSpelling(text, view, this.#names[form.item]!, form, path, end);
      if (candidate !== undefined) this.#candidates.push(candidate);
    }
  }

  #readBackwards(): void {
    const { text, view } = this.#backwards;
    mirrorText(this.#forwards.text, text);
    view.read(text);
    this.#reading = this.#backwards;
    const before = this.#candidates;
    this.#candidates = [];
    scanNames(text, this.#trie, this);
    const mirrored = this.#candidates.map((candidate) => {
      const evidence = candidate.evidence | REVERSED;
      return { ...candidate, evidence, confidence: confidenceOf(evidence, candidate.distance) };
    });
    this.#candidates = [...before, ...mirrored];
  }

  #report(text: string, candidate: Candidate): TextMatch {
    const { campaignId, term } = this.#names[candidate.item]!;
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
