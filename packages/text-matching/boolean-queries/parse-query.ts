/**
 * Reads the query language that social-listening tools share (docs/use/queries.md). Neighbours without an operator are joined by AND; NEAR
 * binds closest, then NOT, AND, OR. What is not supported is refused: a query never means less than it says.
 */
import { QueryError } from './query-error.ts';
import { tokensOf } from './query-tokens.ts';
import { isCompound, leavesOf, partsOf, positionOf, type QueryNode } from './query.ts';
import { type Token } from './token.ts';

const DEEPEST = 50;
const LONGEST_QUERY = 8_000;
const MOST_LEAVES = 1_000;

/** @throws QueryError */
export function parseQuery(query: string): QueryNode {
  if (query.length > LONGEST_QUERY) {
    throw new QueryError(
      LONGEST_QUERY,
      `the query is longer than ${LONGEST_QUERY} characters; write it as several terms`,
    );
  }
  const reader = new QueryReader(tokensOf(query));
  const node = reader.or(0);
  const rest = reader.take();
  if (rest.type === 'close')
    throw new QueryError(rest.position, '`)` closes nothing; remove it or open it with `(`');
  const leaves = leavesOf(node);
  if (leaves.length > MOST_LEAVES) {
    throw new QueryError(
      leaves[MOST_LEAVES]!.position,
      `the query looks for more than ${MOST_LEAVES} words; write it as several terms`,
    );
  }
  return node;
}

/** Tokens allowed in place of a word. */
const BEGINS_WORDS: ReadonlySet<Token['type']> = new Set(['node', 'title', 'not', 'open']);

class QueryReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  or(depth: number): QueryNode {
    if (depth > DEEPEST)
      throw new QueryError(this.#peek().position, `parentheses are nested more than ${DEEPEST} deep`);
    const parts = [this.#and(depth)];
    while (this.#peek().type === 'or') {
      this.take();
      parts.push(this.#and(depth));
    }
    return joined('or', parts);
  }

  #and(depth: number): QueryNode {
    const parts = [this.#not(depth)];
    for (;;) {
      const { type } = this.#peek();
      if (type === 'and') this.take();
      else if (!BEGINS_WORDS.has(type)) break;
      parts.push(this.#not(depth));
    }
    return joined('and', parts);
  }

  #not(depth: number): QueryNode {
    let negated = false;
    while (this.#peek().type === 'not') {
      this.take();
      negated = !negated;
    }
    const part = this.#near(depth);
    return negated ? { type: 'not', part } : part;
  }

  #near(depth: number): QueryNode {
    let left = this.#primary(depth);
    while (this.#peek().type === 'near') {
      const near = this.take();
      left = nearNode(near, left, this.#primary(depth));
    }
    return left;
  }

  #primary(depth: number): QueryNode {
    const token = this.take();
    if (token.type === 'title') return { type: 'title', part: titlePart(token, this.#primary(depth)) };
    if (token.type === 'open') {
      const node = this.or(depth + 1);
      const close = this.take();
      if (close.type !== 'close') throw new QueryError(token.position, '`(` is never closed; add `)`');
      return node;
    }
    if (token.node !== undefined) return token.node;
    throw this.#unexpected(token);
  }

  #unexpected(token: Token): QueryError {
    const before = this.#tokens[this.#at - 2];
    const place = before === undefined ? 'at its beginning' : `after \`${before.written}\``;
    const found = token.type === 'end' ? 'the query ends' : `\`${token.written}\` stands`;
    const way =
      before?.type === 'near' && token.type === 'not'
        ? 'to exclude a word nearby, write `a NEAR/5 (NOT b)`'
        : 'to look for the word itself, put it in quotes';
    return new QueryError(token.position, `${found} where a word or a phrase is expected, ${place}; ${way}`);
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
  }
}

/** AND in AND is one AND, as OR in OR. */
function joined(type: 'and' | 'or', parts: readonly QueryNode[]): QueryNode {
  if (parts.length === 1) return parts[0]!;
  return { type, parts: parts.flatMap((part) => (part.type === type ? part.parts : [part])) };
}

function nearNode(near: Token, left: QueryNode, right: QueryNode): QueryNode {
  const fact = [...leavesOf(left), ...leavesOf(right)].find(({ type }) => type === 'fact');
  if (fact !== undefined) {
    throw new QueryError(fact.position, `\`${near.written}\` needs words on both sides; join this with AND`);
  }
  const titled = [left, right].find(holdsTitle);
  if (titled !== undefined) {
    throw new QueryError(
      positionOf(titled),
      `\`${near.written}\` stands within one field; write \`title:(a ${near.written} b)\``,
    );
  }
  if (isCompound(left) && isCompound(right)) {
    throw new QueryError(
      near.position,
      `\`${near.written}\` takes AND and NOT on one side only; write each pair: \`(a ${near.written} c) AND (b ${near.written} c)\``,
    );
  }
  return { type: 'near', words: near.words ?? 0, ordered: near.ordered ?? false, left, right };
}

function holdsTitle(node: QueryNode): boolean {
  return node.type === 'title' || partsOf(node).some(holdsTitle);
}

function titlePart(title: Token, part: QueryNode): QueryNode {
  const fact = leavesOf(part).find(({ type }) => type === 'fact');
  if (fact !== undefined) {
    throw new QueryError(
      fact.position,
      `\`${title.written}\` takes words, not other fields; join them with AND`,
    );
  }
  return part;
}
