import { foldText } from './fold/fold-text.ts';
import { GLUED_LENGTH, LONGEST_TEXT, type FoldedText } from './fold/folded-text.ts';
import { mirrorText } from './fold/mirror-text.ts';
import { matchInPieces } from './match-pieces.ts';
import { type NameForm } from './names/name-form.ts';
import { type Name } from './names/name.ts';
import { admits, admitsText } from './policy/admits.ts';
import { type LeafKind } from './boolean-queries/query.ts';
import { type QueryIndex } from './boolean-queries/query-index.ts';
import { type NameTrie } from './scan/name-trie.ts';
import { scanNames, type NameSink } from './scan/scan-names.ts';
import { type TextItem, type TextMatch, type TextMatcher } from './text-match.ts';
import { bestOfEach, inOrderOfText } from './verify/best-candidates.ts';
import { type Candidate } from './verify/candidate.ts';
import { confidenceOf } from './verify/confidence.ts';
import { QUERY, REVERSED, describeEvidence } from './verify/evidence.ts';
import { judgeSpelling } from './verify/judge-spelling.ts';
import { type WordTable } from './words/known-words.ts';
import { createQuietWords, searchWords } from './words/search-words.ts';
import { type WordIndex } from './words/word-index.ts';
import { WordView } from './words/word-view.ts';

/** The queries, and which names are their leaves. */
export interface Queries {
  readonly names: ReadonlyMap<number, LeafKind>;
  readonly index: QueryIndex;
}

/** Fold → scan and search → verify, for a fixed list of names. The fields that change are scratch space of one call. */
export class NameMatcher implements TextMatcher, NameSink {
  readonly #items: readonly TextItem[];
  readonly #names: readonly Name[];
  readonly #forms: readonly NameForm[];
  readonly #trie: NameTrie;
  readonly #words: WordIndex;
  readonly #quiet = createQuietWords();
  readonly #queries: Queries;

  readonly #gluedLength: number;
  readonly #forwards: WordView;
  readonly #backwards: WordView;
  /** The text in the direction in which it is read, and its words. */
  #text: FoldedText | undefined;
  #view: WordView;
  #candidates: Candidate[] = [];

  constructor(
    items: readonly TextItem[],
    names: readonly Name[],
    forms: readonly NameForm[],
    trie: NameTrie,
    words: WordIndex,
    queries: Queries,
    known: WordTable,
  ) {
    this.#items = items;
    this.#names = names;
    this.#forms = forms;
    this.#trie = trie;
    this.#words = words;
    this.#queries = queries;
    // A name that is wanted anywhere may start at any letter.
    const isAnywhere = forms.some((form) => names[form.item]!.policy.boundary === 'anywhere');
    this.#gluedLength = isAnywhere ? 1 : GLUED_LENGTH;
    this.#forwards = new WordView(known);
    this.#backwards = new WordView(known);
    this.#view = this.#forwards;
  }

  get size(): number {
    return this.#items.length;
  }

  match(text: string): TextMatch[] {
    return text.length <= LONGEST_TEXT
      ? this.#matchAtOnce(text)
      : matchInPieces(text, (piece) => this.#matchAtOnce(piece));
  }

  #matchAtOnce(text: string): TextMatch[] {
    this.#candidates = [];
    const folded = foldText(text, this.#gluedLength);
    const view = this.#forwards;
    this.#text = folded;
    this.#view = view;
    view.read(folded);
    const isBackwards = searchWords(folded, view, this.#words, this.#quiet, this.#candidates);
    scanNames(folded, this.#trie, this);
    if (isBackwards || folded.hasTurned) this.#readBackwards(folded);
    if (this.#candidates.length === 0 && !this.#queries.index.wantsEveryText) return [];
    return this.#admitted(text, folded).map((candidate) => this.#report(text, candidate));
  }

  spelled(keyAt: number, path: Int32Array, depth: number, end: number): void {
    const { keyOrder } = this.#trie;
    const [text, view] = [this.#text, this.#view];
    if (text === undefined) return;
    const { key } = this.#forms[keyOrder[keyAt]!]!;
    for (let at = keyAt; at < keyOrder.length; at++) {
      const form = this.#forms[keyOrder[at]!]!;
      if (form.key.length !== depth || (at > keyAt && !isSameKey(form.key, key))) break;
      const candidate = judgeSpelling(text, view, this.#names[form.item]!, form, path, end);
      if (candidate !== undefined) this.#candidates.push(candidate);
    }
  }

  #readBackwards(folded: FoldedText): void {
    const text = mirrorText(folded);
    this.#backwards.read(text);
    this.#text = text;
    this.#view = this.#backwards;
    const before = this.#candidates;
    this.#candidates = [];
    scanNames(text, this.#trie, this);
    const mirrored = this.#candidates.map((candidate) => {
      const evidence = candidate.evidence | REVERSED;
      return { ...candidate, evidence, confidence: confidenceOf(evidence, candidate.distance) };
    });
    this.#candidates = [...before, ...mirrored];
  }

  /** The best candidate of each term that its policy takes, and of each query that takes the text. */
  #admitted(text: string, folded: FoldedText): Candidate[] {
    const view = this.#forwards;
    const leaves: Candidate[] = [];
    const ofTerms: Candidate[] = [];
    for (const candidate of this.#candidates) {
      const { policy } = this.#names[candidate.item]!;
      if (!admits(policy, candidate, folded, view)) continue;
      const kind = this.#queries.names.get(candidate.item);
      if (kind === undefined) ofTerms.push(candidate);
      else if (hasSign(text, kind, candidate.from)) leaves.push(candidate);
    }
    const best = bestOfEach(ofTerms).filter((candidate) =>
      admitsText(this.#names[candidate.item]!.policy, view),
    );
    if (leaves.length === 0 && !this.#queries.index.wantsEveryText) return best;
    const hits = this.#queries.index.evaluate(leaves, folded, view).map(({ item, candidate }) => ({
      ...candidate,
      item,
      evidence: candidate.evidence | QUERY,
    }));
    return inOrderOfText([...best, ...hits]);
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

/** A hashtag or a handle must be one. */
function hasSign(text: string, kind: LeafKind, from: number): boolean {
  const before = text.charAt(from - 1);
  if (kind === 'tag') return before === '#' || before === '＃';
  return kind !== 'handle' || before === '@' || before === '＠';
}

function isSameKey(a: Int32Array, b: Int32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
