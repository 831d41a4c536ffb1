import { piecesOf, type FieldPiece } from './fields/field-pieces.ts';
import { FieldReader } from './fields/field-reader.ts';
import { QuietTexts } from './fields/quiet-texts.ts';
import { drawnSigns, isLegibleDrawing } from './fold/drawn-signs.ts';
import { GLUED_LENGTH, LONGEST_TEXT, type FoldedText } from './fold/folded-text.ts';
import { mirrorText } from './fold/mirror-text.ts';
import { RewrittenText } from './fold/rewritten-text.ts';
import { type FormStore } from './names/form-store.ts';
import { type NameStore } from './names/name-store.ts';
import { type Name } from './names/name.ts';
import { partsOfTerms } from './names/parts-of-terms.ts';
import { withoutShorter, type Siblings } from './names/siblings.ts';
import { isSameVersion, versionOf } from './names/version.ts';
import { type PriceIndex } from './prices/price-index.ts';
import { isPriceAt } from './prices/price.ts';
import { isDayAt, type DateIndex } from './dates/date-index.ts';
import { goesOn } from './skus/code-edges.ts';
import { type SkuIndex } from './skus/sku-index.ts';
import { admits } from './policy/admits.ts';
import { holdsAny, type ContextPhrase } from './policy/context.ts';
import { type PieceCandidate } from './boolean-queries/found-leaves.ts';
import { type QueryIndex } from './boolean-queries/query-index.ts';
import { type PartTrace } from './boolean-queries/trace-query.ts';
import { captionOf, type PostText } from './fields/post-text.ts';
import { type NameTrie } from './scan/name-trie.ts';
import { scanNames, type NameSink } from './scan/scan-names.ts';
import { type TextItem } from './terms/text-item.ts';
import { type PostReading, type TermsPart, type TextMatch, type TextMatcher } from './text-match.ts';
import { bestOfEach } from './evidence/best-candidates.ts';
import { type Candidate } from './evidence/candidate.ts';
import { confidenceOf } from './evidence/confidence.ts';
import { CONFUSABLE, INFLECTED, QUERY, REVERSED, TYPO, describeEvidence } from './evidence/evidence.ts';
import { hasChangedVowel } from './verify/changed-vowel.ts';
import { judgeSpelling } from './verify/judge-spelling.ts';
import { type WordTable } from './words/known-words.ts';
import { type DrawnWords } from './search/drawn-words.ts';
import { type SplitIndex } from './split/split-index.ts';
import { SplitSearch } from './split/split-search.ts';
import { createRecentWords, searchWords } from './search/search-words.ts';
import { buildWordIndex, type WordIndex } from './search/word-index.ts';
import { WordView } from './words/word-view.ts';

/** The parts of a query, each tried on a post, and the pieces in which they count places. */
export interface QueryTrace {
  readonly trace: PartTrace;
  readonly pieces: readonly FieldPiece[];
}

/** What a match says of its term. The rest of a term is not kept, which saves a third of the room. */
export interface ReportedTerms {
  readonly campaignIds: readonly string[];
  readonly ids: readonly string[];
  readonly translations: ReadonlySet<number>;
}

export function reportedTerms(items: readonly TextItem[]): ReportedTerms {
  return {
    campaignIds: items.map(({ campaignId }) => campaignId),
    ids: items.map(({ term }) => term.id),
    translations: new Set(
      items.flatMap(({ isTranslation }, index) => (isTranslation === true ? [index] : [])),
    ),
  };
}

/** All that is compiled from a list of terms. */
export interface MatcherParts {
  readonly terms: ReportedTerms;
  /** The name of a term has the term's index. Names of query leaves follow. */
  readonly names: NameStore;
  readonly forms: FormStore;
  readonly trie: NameTrie;
  readonly words: WordIndex;
  readonly drawn: DrawnWords;
  readonly prices: PriceIndex;
  readonly skus: SkuIndex;
  readonly dates: DateIndex;
  readonly queries: QueryIndex;
  readonly splits: SplitIndex;
  readonly siblings: Siblings;
  readonly known: WordTable;
  /** The digits of the longest number in a name. */
  readonly longestNumber: number;
}

/** Runs fold → scan and search → verify for a fixed list of names. Fields that change are scratch space of one call. */
export class NameMatcher implements TextMatcher, NameSink {
  readonly #parts: MatcherParts;
  readonly #terms: ReportedTerms;
  readonly #names: NameStore;
  readonly #forms: FormStore;
  readonly #trie: NameTrie;
  readonly #words: WordIndex;
  readonly #recent = createRecentWords();
  readonly #drawn: DrawnWords;
  readonly #prices: PriceIndex;
  readonly #skus: SkuIndex;
  readonly #dates: DateIndex;
  readonly #queries: QueryIndex;
  readonly #splits: SplitSearch;
  readonly #siblings: Siblings;

  readonly #reader: FieldReader;
  readonly #quietTexts: QuietTexts;
  readonly #backwards: WordView;
  /** The text in the current reading direction, and its words. */
  #text: FoldedText | undefined;
  #view: WordView;
  #candidates: Candidate[] = [];

  constructor(parts: MatcherParts) {
    const { names, forms, known, splits } = parts;
    this.#parts = parts;
    this.#terms = parts.terms;
    this.#names = names;
    this.#forms = forms;
    this.#trie = parts.trie;
    this.#words = parts.words;
    this.#drawn = parts.drawn;
    this.#prices = parts.prices;
    this.#skus = parts.skus;
    this.#dates = parts.dates;
    this.#queries = parts.queries;
    this.#siblings = parts.siblings;
    this.#quietTexts = new QuietTexts(parts.longestNumber);
    // A name with the boundary `anywhere` may start at any letter.
    const isAnywhere = names.policies.some(({ boundary }) => boundary === 'anywhere');
    this.#reader = new FieldReader(new WordView(known), isAnywhere ? 1 : GLUED_LENGTH);
    this.#splits = new SplitSearch(splits, this.#reader);
    this.#backwards = new WordView(known);
    this.#view = this.#backwards;
  }

  get size(): number {
    return this.#terms.ids.length;
  }

  /** @param items - the terms as they were compiled */
  *inParts(items: readonly TextItem[]): Generator<TermsPart> {
    const { names } = this.#parts;
    for (const part of partsOfTerms(names.indexesBefore(items.length), this.#siblings)) {
      const some = part.map((index) => names.at(index));
      yield {
        items: part.map((index) => items[index]!),
        matcher: new NameMatcher({ ...this.#parts, words: buildWordIndex(names, some) }),
      };
    }
  }

  match(text: string): TextMatch[] {
    if (text.length > LONGEST_TEXT) return this.matchPost(captionOf(text));
    if (!this.#scan(text) && !this.#queries.wantsEveryText) return [];
    const piece: FieldPiece = { field: 0, kind: 'caption', from: 0, text };
    return this.#conclude(captionOf(text), [piece], this.#admitted(piece, 0));
  }

  matchPost(post: PostText): TextMatch[] {
    return this.readPost(post).matches;
  }

  readPost(post: PostText): PostReading {
    const pieces = piecesOf(post);
    let [mayBeginName, mayEndName] = [false, false];
    const found = pieces.flatMap((piece, index) => {
      const candidates = this.#candidatesOf(piece, index);
      if (piece.field === 0) {
        this.#reader.again(piece.text);
        const { view } = this.#reader;
        mayBeginName = this.#splits.mayBegin(view);
        if (piece.from === 0) mayEndName = this.#splits.mayEnd(view);
      }
      return candidates;
    });
    if (pieces.length > 2) found.push(...this.#splits.overPictures(pieces).filter(this.#admitsSplit));
    const isClean = found.length === 0 && !this.#queries.wantsEveryText;
    return { matches: isClean ? [] : this.#conclude(post, pieces, found), mayBeginName, mayEndName };
  }

  /** Tries each part of the query at an index, to show which of them a post meets. Undefined if that term is no query. */
  traceQuery(item: number, post: PostText): QueryTrace | undefined {
    const pieces = piecesOf(post);
    const found = pieces.flatMap((piece, index) => this.#candidatesOf(piece, index));
    const leaves = found.filter((candidate) => this.#queries.isLeaf(candidate.item));
    const trace = this.#queries.trace(item, { post, pieces, leaves, reader: this.#reader });
    return trace === undefined ? undefined : { trace, pieces };
  }

  matchAfter(earlier: string, post: PostText): TextMatch[] {
    const pieces = piecesOf(post);
    return bestOfEach(this.#splits.overPosts(earlier, pieces).filter(this.#admitsSplit))
      .filter(({ item }) => this.#admitsPost(this.#names.at(item), pieces))
      .map((candidate) => this.#report(pieces, candidate));
  }

  readonly #admitsSplit = ({ item, evidence, confidence }: Candidate): boolean => {
    const { accepted, minConfidence } = this.#names.at(item).policy;
    return (evidence & ~accepted) === 0 && confidence >= minConfidence;
  };

  /** The candidates of one piece that their policies accept. */
  #candidatesOf(piece: FieldPiece, index: number): PieceCandidate[] {
    const key = this.#quietTexts.keyOf(piece);
    if (key !== undefined && this.#quietTexts.has(key)) {
      // A key that leaves out a number does not tell whether that number is a price, a code or a date.
      if (key === piece.text || !this.#holdsValue(piece.text)) return [];
    }
    const candidates = this.#scan(piece.text) ? this.#admitted(piece, index) : [];
    if (key !== undefined && candidates.length === 0) this.#quietTexts.add(key);
    return candidates;
  }

  /** True if a text may hold a price, a code or a date. */
  #holdsValue(text: string): boolean {
    this.#candidates = [];
    this.#searchValues(text);
    return this.#candidates.length > 0;
  }

  #searchValues(text: string): void {
    this.#prices.search(text, this.#candidates);
    this.#skus.search(text, this.#candidates);
    this.#dates.search(text, this.#candidates);
  }

  /** Collects the candidates of one text. Returns true if there are any. */
  #scan(text: string): boolean {
    this.#candidates = [];
    if (this.#drawn.edits.length > 0) this.#drawn.edits.length = 0;
    const folded = this.#read(text);
    this.#searchValues(text);
    if (folded.hasDrawings || this.#drawn.edits.length > 0) this.#readDrawn(text, folded.hasDrawings);
    return this.#candidates.length > 0;
  }

  /** Searches and scans a text, and once more from behind if that may help. */
  #read(text: string): FoldedText {
    const folded = this.#reader.read(text);
    const { view } = this.#reader;
    this.#text = folded;
    this.#view = view;
    const isBackwards = searchWords(folded, view, this.#words, this.#recent, this.#candidates, this.#drawn);
    scanNames(folded, this.#trie, this);
    if (isBackwards || folded.hasTurned) this.#readBackwards(folded);
    return folded;
  }

  spelled(keyAt: number, path: Int32Array, depth: number, end: number): void {
    const { keyOrder } = this.#trie;
    const [text, view] = [this.#text, this.#view];
    if (text === undefined) return;
    const { key } = this.#forms.at(keyOrder[keyAt]!);
    for (let at = keyAt; at < keyOrder.length && this.#forms.lengthOf(keyOrder[at]!) === depth; at++) {
      const form = this.#forms.at(keyOrder[at]!);
      if (at > keyAt && !isSameKey(form.key, key)) break;
      const name = this.#names.at(form.item);
      const candidate = judgeSpelling(text, view, name, form, path, end);
      if (candidate === undefined) continue;
      const { price, code, date } = name.policy;
      if (date !== undefined && !isDayAt(text.text, candidate.from, candidate.to, date)) continue;
      if (code !== undefined && goesOn(text.text, candidate.to)) continue;
      if (price !== undefined && !isPriceAt(text.text, candidate.from, candidate.to, price)) continue;
      this.#candidates.push(candidate);
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

  /** Reads a text again in which letters replace the words and signs that draw them. */
  #readDrawn(text: string, hasSigns: boolean): void {
    const rewritten = new RewrittenText(text, [...this.#drawn.edits, ...(hasSigns ? drawnSigns(text) : [])]);
    if (rewritten.text === text) return;
    const before = this.#candidates;
    this.#candidates = [];
    this.#read(rewritten.text);
    const drawn = this.#candidates.flatMap((candidate) => {
      const place = rewritten.originalOf(candidate.from, candidate.to);
      // A drawing with a typo is another word.
      const isDoubtful = place === undefined || candidate.distance > 0;
      if (isDoubtful || !isLegibleDrawing(text, place)) return [];
      const evidence = candidate.evidence | CONFUSABLE;
      return [{ ...candidate, ...place, evidence, confidence: confidenceOf(evidence, candidate.distance) }];
    });
    this.#candidates = [...before, ...drawn];
  }

  /** The candidates of the last text that their policies accept, for terms and for leaves of queries. */
  #admitted(piece: FieldPiece, index: number): PieceCandidate[] {
    const folded = this.#reader.again(piece.text);
    const { view } = this.#reader;
    return this.#candidates.flatMap((candidate) => {
      const { policy, text, language, isVersioned } = this.#names.at(candidate.item);
      const { from, to, evidence } = candidate;
      const isWrittenOn = (evidence & (INFLECTED | TYPO)) !== 0;
      if (isWrittenOn && hasChangedVowel(text, language, piece.text.slice(from, to))) return [];
      const version = isVersioned ? versionOf(text) : undefined;
      if (version !== undefined && !isSameVersion(version, piece.text, from, to, evidence)) return [];
      return admits(policy, candidate, folded, view) ? [{ ...candidate, piece: index }] : [];
    });
  }

  /** The best candidate of each term, and of each query that accepts the post, in the order of the post. */
  #conclude(post: PostText, pieces: readonly FieldPiece[], found: readonly PieceCandidate[]): TextMatch[] {
    const isLeaf = ({ item }: PieceCandidate) => this.#queries.isLeaf(item);
    const terms = found.filter((candidate) => !isLeaf(candidate));
    const own = withoutShorter(this.#siblings, terms, (a, b) => a.piece === b.piece);
    const best = bestOfEach(own).filter((candidate) =>
      this.#admitsPost(this.#names.at(candidate.item), pieces),
    );
    const hits = this.#queries
      .evaluate({ post, pieces, leaves: found.filter(isLeaf), reader: this.#reader })
      .map(({ item, candidate }) => ({ ...candidate, item, evidence: candidate.evidence | QUERY }));
    return [...best, ...hits].sort(byPlace).map((candidate) => this.#report(pieces, candidate));
  }

  /** True if the fields together hold what a name's policy requires and nothing that it excludes. */
  #admitsPost({ policy }: Name, pieces: readonly FieldPiece[]): boolean {
    if (policy.require.length === 0 && policy.exclude.length === 0) return true;
    const holds = (phrases: readonly ContextPhrase[]) =>
      pieces.some(({ text }) => {
        this.#reader.again(text);
        return holdsAny(this.#reader.view, phrases);
      });
    if (policy.require.length > 0 && !holds(policy.require)) return false;
    return policy.exclude.length === 0 || !holds(policy.exclude);
  }

  #report(pieces: readonly FieldPiece[], candidate: PieceCandidate): TextMatch {
    const { campaignIds, ids, translations } = this.#terms;
    const isTranslation = translations.has(candidate.item);
    const how = describeEvidence(candidate.evidence);
    const { field, from, text } = pieces[candidate.piece]!;
    return {
      campaignId: campaignIds[candidate.item]!,
      itemId: ids[candidate.item]!,
      confidence: candidate.confidence,
      field,
      span: [from + candidate.from, from + candidate.to],
      matched: text.slice(candidate.from, candidate.to),
      how: isTranslation ? ['translation', ...how] : how,
      distance: candidate.distance,
      ...(candidate.before === undefined ? {} : { before: candidate.before }),
    };
  }
}

function byPlace(a: PieceCandidate, b: PieceCandidate): number {
  return a.piece - b.piece || a.from - b.from || a.to - b.to || a.item - b.item;
}

function isSameKey(a: Int32Array, b: Int32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
