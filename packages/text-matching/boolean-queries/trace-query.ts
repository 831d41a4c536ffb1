/** Tries each part of a query on a post, to show a person which of them it meets. */
import { Evaluation, type QuerySight } from './evaluate-query.ts';
import { isCompound, partsOf, type NearNode, type QueryNode } from './query.ts';
import { type WordSpan } from './word-spans.ts';

export interface PartTrace {
  readonly node: QueryNode;
  /** Undefined where the post doesn't say, and for what only counts near something else. */
  readonly met: boolean | undefined;
  readonly places: readonly WordSpan[];
  /** Why it isn't met, where its parts don't show it. */
  readonly note: string | undefined;
  readonly parts: readonly PartTrace[];
}

/** How a part counts for those around it. */
interface Context {
  readonly evaluation: Evaluation;
  readonly sight: QuerySight;
  /** False within NOT. */
  readonly wanted: boolean;
  /** It stands in a NEAR, and so counts only near the other side. */
  readonly isNearby: boolean;
}

/** Pairs of places that are compared to say how far apart two sides stand. */
const MOST_PAIRS = 10_000;

export function traceQuery(node: QueryNode, sight: QuerySight): PartTrace {
  return trace(node, { evaluation: new Evaluation(sight), sight, wanted: true, isNearby: false });
}

function trace(node: QueryNode, context: Context): PartTrace {
  const parts = shownParts(node).map((part) => trace(part, contextOf(node, context)));
  const met = isMet(node, context);
  const note = node.type === 'near' && met === false ? whyNotNear(node, context.evaluation) : undefined;
  return { node, met, places: placesOf(node, context), note, parts };
}

function placesOf(node: QueryNode, { evaluation, sight }: Context): readonly WordSpan[] {
  if (node.type === 'fact') return sight.placesOfFact(node);
  return node.type === 'and' || node.type === 'or' ? [] : evaluation.placesOf(node);
}

/** The parts that a person wants to see: all, but a phrase as it stands is one of a phrase with a distance. */
export function shownParts(node: QueryNode): readonly QueryNode[] {
  return node.type === 'within' ? node.parts : partsOf(node);
}

function contextOf(node: QueryNode, context: Context): Context {
  if (node.type === 'not') return { ...context, wanted: !context.wanted };
  if (node.type === 'title') return { ...context, evaluation: context.evaluation.inTitle() };
  return node.type === 'near' ? { ...context, isNearby: true } : context;
}

function isMet(node: QueryNode, { evaluation, sight, wanted, isNearby }: Context): boolean | undefined {
  if (isNearby && isCompound(node)) return undefined;
  if (node.type !== 'fact') return evaluation.holds(node, wanted);
  const answer = sight.holdsFact(node);
  return answer === 'unknown' ? undefined : answer;
}

function whyNotNear({ left, right, words, ordered }: NearNode, evaluation: Evaluation): string | undefined {
  if (isCompound(left) || isCompound(right)) return undefined;
  const [before, behind] = [evaluation.placesOf(left), evaluation.placesOf(right)];
  if (before.length === 0 || behind.length === 0 || before.length * behind.length > MOST_PAIRS)
    return undefined;
  const pairs = before.flatMap((a) => behind.map((b) => [a, b] as const));
  const inOneField = pairs.filter(([a, b]) => a.piece === b.piece && (a.from !== b.from || a.to !== b.to));
  if (inOneField.length === 0) return 'they stand in different fields';
  const nearest = Math.min(...inOneField.map(([a, b]) => wordsBetween(a, b)));
  if (nearest <= words && ordered) return 'they stand in the other order';
  return `the nearest have ${nearest} words between them`;
}

function wordsBetween(a: WordSpan, b: WordSpan): number {
  return Math.max(0, Math.max(a.first, b.first) - Math.min(a.last, b.last) - 1);
}
