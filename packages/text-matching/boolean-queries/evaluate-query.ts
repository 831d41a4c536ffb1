/** Decides if a post satisfies a query, from the places of its leaves. */
import { type TextFieldKind } from '@leakwatch/contracts';
import { type FactAnswer } from './facts.ts';
import {
  isCompound,
  type FactLeaf,
  type NearNode,
  type QueryLeaf,
  type QueryNode,
  type WithinNode,
} from './query.ts';
import { SpanList, hull, isNear, type Distance, type WordSpan } from './word-spans.ts';

/** The facts about a post that a query needs. */
export interface QuerySight {
  /** Returns the places of a leaf; none if the post lacks it. */
  spansOf(leaf: QueryLeaf): readonly WordSpan[];
  holdsFact(fact: FactLeaf): FactAnswer;
  /** Returns the places in the post that state a fact; none if no text states it. */
  placesOfFact(fact: FactLeaf): readonly WordSpan[];
  /** The kind of a piece's field. */
  kindOf(piece: number): TextFieldKind;
  /** True if the post has a title of its own. */
  readonly hasTitle: boolean;
}

/** Steps that one query may take in one post; a post that needs more is taken, so that no repetition hides anything. */
const MOST_STEPS = 200_000;
/** Fields around a post, such as its author. A NOT looks only at the post's own texts. */
const SURROUNDINGS: ReadonlySet<TextFieldKind> = new Set([
  'display-name',
  'handle',
  'address',
  'link',
  'file-name',
  'place',
  'quoted',
]);

/** Thrown when a query's steps are used up. */
class OutOfSteps extends Error {}

/** Returns true if a post satisfies a query. */
export function satisfies(node: QueryNode, sight: QuerySight): boolean {
  return new Evaluation(sight).holds(node, true);
}

export class Evaluation {
  readonly #sight: QuerySight;
  readonly #lists = new Map<QueryNode, SpanList>();
  #steps = 0;

  constructor(sight: QuerySight) {
    this.#sight = sight;
  }

  /** @param wanted - what is answered where it isn't known; false within NOT */
  holds(node: QueryNode, wanted: boolean): boolean {
    switch (node.type) {
      case 'fact': {
        const answer = this.#sight.holdsFact(node);
        return answer === 'unknown' ? wanted : answer;
      }
      case 'not':
        return !this.holds(node.part, !wanted);
      case 'and':
        return node.parts.every((part) => this.holds(part, wanted));
      case 'or':
        return node.parts.some((part) => this.holds(part, wanted));
      case 'title':
        return isCompound(node.part) ? this.inTitle().holds(node.part, wanted) : this.#stands(node, wanted);
      case 'words':
      case 'pattern':
      case 'regex':
      case 'near':
      case 'within':
      case 'sequence':
        return this.#stands(node, wanted);
    }
  }

  /** Returns the places of a part; none if it is no sequence of words. */
  placesOf(node: QueryNode): readonly WordSpan[] {
    try {
      return this.#spans(node).spans;
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      return [];
    }
  }

  /** Returns true if the post contains a sequence of words. */
  #stands(node: QueryNode, wanted: boolean): boolean {
    try {
      const { spans } = this.#spans(node);
      return wanted ? spans.length > 0 : spans.some(({ piece }) => this.#isOfThePost(piece));
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      return wanted;
    }
  }

  #isOfThePost(piece: number): boolean {
    return !SURROUNDINGS.has(this.#sight.kindOf(piece));
  }

  /** The same post, of which only the title counts. */
  inTitle(): Evaluation {
    const sight = this.#sight;
    const title: TextFieldKind = sight.hasTitle ? 'title' : 'caption';
    return new Evaluation({
      hasTitle: sight.hasTitle,
      spansOf: (leaf) => sight.spansOf(leaf).filter(({ piece }) => sight.kindOf(piece) === title),
      holdsFact: (fact) => sight.holdsFact(fact),
      placesOfFact: (fact) => sight.placesOfFact(fact),
      kindOf: (piece) => sight.kindOf(piece),
    });
  }

  /** The stretches in which a part of a query is satisfied. */
  #spans(node: QueryNode): SpanList {
    const held = this.#lists.get(node);
    if (held !== undefined) return held;
    const list = new SpanList(this.#findSpans(node));
    this.#lists.set(node, list);
    return list;
  }

  #findSpans(node: QueryNode): readonly WordSpan[] {
    switch (node.type) {
      case 'words':
      case 'pattern':
      case 'regex':
        return this.#sight.spansOf(node);
      case 'or':
        return node.parts.flatMap((part) => this.#spans(part).spans);
      case 'near':
        return this.#near(node);
      case 'sequence':
        return node.parts.reduce<readonly WordSpan[]>((before, part, at) => {
          if (at === 0) return this.#spans(part).spans;
          const gap = node.gaps[at - 1]!;
          const distance: Distance = { most: gap, least: gap, ordered: true };
          return before.flatMap((span) => this.#around(part, span, distance, false));
        }, []);
      case 'within':
        return [...this.#spans(node.phrase).spans, ...this.#within(node)];
      case 'title':
        return this.inTitle().#spans(node.part).spans;
      case 'and':
      case 'not':
      case 'fact':
        return [];
    }
  }

  #near(node: NearNode): WordSpan[] {
    const distance: Distance = { most: node.words, least: 0, ordered: node.ordered };
    // The side that is a plain stretch of words is looked for first, the other around it.
    return isCompound(node.left)
      ? this.#spans(node.right).spans.flatMap((span) => this.#around(node.left, span, distance, true))
      : this.#spans(node.left).spans.flatMap((span) => this.#around(node.right, span, distance, false));
  }

  /**
   * The stretches from `span` to what satisfies a part near it.
   *
   * @param isLeft - the part is on the left of the operator, `span` on its right
   */
  #around(node: QueryNode, span: WordSpan, distance: Distance, isLeft: boolean): WordSpan[] {
    if (node.type === 'and') {
      return node.parts.reduce<WordSpan[]>(
        (reached, part) =>
          reached.length === 0
            ? []
            : this.#around(part, span, distance, isLeft).flatMap((one) =>
                reached.map((other) => this.#step(hull(one, other))),
              ),
        [span],
      );
    }
    if (node.type === 'not') return this.#around(node.part, span, distance, isLeft).length > 0 ? [] : [span];
    if (node.type === 'or') return node.parts.flatMap((part) => this.#around(part, span, distance, isLeft));
    const found: WordSpan[] = [];
    for (const other of this.#spans(node).around(span, distance.most)) {
      this.#step(other);
      if (isLeft ? isNear(other, span, distance) : isNear(span, other, distance))
        found.push(hull(span, other));
    }
    return found;
  }

  /** Stretches that hold all words of a phrase and at most so many others. */
  #within({ parts, words }: WithinNode): WordSpan[] {
    const places = parts
      .flatMap((part, index) => this.#spans(part).spans.map((span) => ({ span, index })))
      .sort((a, b) => a.span.piece - b.span.piece || a.span.first - b.span.first);
    const found: WordSpan[] = [];
    for (const [at, { span }] of places.entries()) {
      // A word that comes twice in the phrase comes twice in the text, too.
      const open = new Set(parts.keys());
      const taken = new Set<string>();
      let reached = span;
      for (let next = at; next < places.length && open.size > 0; next++) {
        const place = places[next]!;
        this.#step(place.span);
        if (place.span.piece !== span.piece) break;
        if (place.span.first - span.first + 1 > parts.length + words) break;
        const key = `${place.span.from} ${place.span.to}`;
        if (!open.has(place.index) || taken.has(key)) continue;
        open.delete(place.index);
        taken.add(key);
        reached = hull(reached, place.span);
      }
      if (open.size === 0) found.push(reached);
    }
    return found;
  }

  #step(span: WordSpan): WordSpan {
    if (++this.#steps > MOST_STEPS) throw new OutOfSteps();
    return span;
  }
}
