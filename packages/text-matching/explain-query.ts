/** Explains a boolean query: what it asks in words, what is unusual about it, and which of its parts a post meets. */
import { type TextField, type Term } from '@leakwatch/contracts';
import { compileQueries } from './boolean-queries/compile-queries.ts';
import { describePart } from './boolean-queries/describe-part.ts';
import { parseQuery } from './boolean-queries/parse-query.ts';
import { printQuery } from './boolean-queries/print-query.ts';
import { QueryError } from './boolean-queries/query-error.ts';
import { isCompound, positionOf, type QueryNode } from './boolean-queries/query.ts';
import { shownParts, type PartTrace } from './boolean-queries/trace-query.ts';
import { unusualParts, type Advice } from './boolean-queries/unusual-parts.ts';
import { compileNames } from './compile-matcher.ts';
import { type FieldPiece } from './fields/field-pieces.ts';
import { type PostText } from './fields/post-text.ts';
import { TermError } from './terms/term-error.ts';
import { ordinaryLeaves } from './terms/warnings.ts';
import { loadKnownWords } from './words/known-words.ts';

/** A part of a query and what it asks of a post. */
export interface AskedPart {
  readonly asks: string;
  /** UTF-16 unit of the query, from 0. */
  readonly position: number;
  readonly parts: readonly AskedPart[];
}

/** A place in a post where a part is met. */
export interface MetAt {
  /** Index of the field in the post. */
  readonly field: number;
  readonly kind: TextField['kind'];
  /** UTF-16 units of the field's text. */
  readonly span: readonly [number, number];
  readonly matched: string;
}

/** A part of a query, tried on a post. */
export interface TriedPart extends AskedPart {
  /** Null where the post doesn't say, and for what counts only near something else. */
  readonly met: boolean | null;
  readonly note: string | null;
  readonly found: readonly MetAt[];
  readonly parts: readonly TriedPart[];
}

interface TriedQuery {
  /** True if the query takes the post. */
  readonly taken: boolean;
  readonly tree: TriedPart;
}

export interface ExplainedQuery {
  /** The query as it was understood. */
  readonly readAs: string;
  readonly tree: AskedPart;
  /** Parts that may mean something else than their author thinks, or cost more. */
  readonly advice: readonly Advice[];
  tryOn(post: PostText): TriedQuery;
}

const CAMPAIGN = 'query';

/**
 * @param term - of the kind `query`
 * @throws QueryError with the position of what can't be read or met
 */
export function explainQuery(term: Term): ExplainedQuery {
  const node = parseQuery(term.text);
  const item = { campaignId: CAMPAIGN, term };
  const { matcher, warnings } = compileForAuthor(() => compileNames([item]));
  const advice = [
    ...unusualParts(term.text, node),
    ...[...warnings.map(({ message }) => message), ...oftenMet(term)].map((message) => ({
      position: positionOf(node),
      message,
    })),
  ];
  return {
    readAs: printQuery(node),
    tree: askedPart(node, false),
    advice,
    tryOn: (post) => {
      const traced = matcher.traceQuery(0, post);
      if (traced === undefined) throw new Error('a compiled query has no parts');
      return {
        taken: matcher.matchPost(post).length > 0,
        tree: triedPart(traced.trace, traced.pieces, false),
      };
    },
  };
}

/** Runs a step that may refuse the query, and throws what says where. */
function compileForAuthor<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof TermError)) throw error;
    throw error.cause instanceof QueryError ? error.cause : new QueryError(0, error.message);
  }
}

function oftenMet(term: Term): string[] {
  const item = { campaignId: CAMPAIGN, term };
  const { queries, leaves } = compileQueries([{ item, index: 0 }], 1, loadKnownWords(), (_, compile) =>
    compile(),
  );
  const required = new Set(queries.flatMap(({ requiredNames }) => requiredNames));
  return ordinaryLeaves(leaves.filter(({ index }) => required.has(index)));
}

function askedPart(node: QueryNode, isNearby: boolean): AskedPart {
  return {
    asks: describePart(node, isNearby),
    position: positionOf(node),
    parts: shownParts(node).map((part) => askedPart(part, isNearbyIn(node, isNearby))),
  };
}

function triedPart(trace: PartTrace, pieces: readonly FieldPiece[], isNearby: boolean): TriedPart {
  const { node, met, note, places } = trace;
  return {
    asks: describePart(node, isNearby),
    position: positionOf(node),
    met: met ?? null,
    note: note ?? null,
    found: places.map(({ piece, from, to }) => {
      const { field, kind, text, from: start } = pieces[piece]!;
      return { field, kind, span: [start + from, start + to], matched: text.slice(from, to) };
    }),
    parts: trace.parts.map((part) => triedPart(part, pieces, isNearbyIn(node, isNearby))),
  };
}

function isNearbyIn(node: QueryNode, isNearby: boolean): boolean {
  return isNearby || (node.type === 'near' && (isCompound(node.left) || isCompound(node.right)));
}
