/**
 * Reads the query language that social-listening tools share: `AND`, `OR`, `NOT` (or `-`), `"phrase"`, `NEAR/n`, `prefix*`, `#tag`,
 * `@handle`, `{Exact Case}`, `/regex/`, parentheses. Neighbours without an operator are joined by AND; NEAR binds closest, then NOT, AND,
 * OR.
 */
import { QueryError } from './query-error.ts';
import { tokensOf, type Token } from './query-tokens.ts';
import { type QueryNode } from './query.ts';

const DEEPEST = 50;

/** @throws QueryError */
export function parseQuery(query: string): QueryNode {
  const reader = new QueryReader(tokensOf(query));
  const node = reader.or(0);
  const rest = reader.take();
  if (rest.type === 'close')
    throw new QueryError(rest.position, '`)` closes nothing; remove it or open it with `(`');
  return node;
}

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
    return parts.length === 1 ? parts[0]! : { type: 'or', parts };
  }

  #and(depth: number): QueryNode {
    const parts = [this.#not(depth)];
    for (;;) {
      const { type } = this.#peek();
      if (type === 'and') this.take();
      else if (type !== 'leaf' && type !== 'not' && type !== 'open') break;
      parts.push(this.#not(depth));
    }
    return parts.length === 1 ? parts[0]! : { type: 'and', parts };
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
      const { words = 0, position } = this.take();
      const right = this.#primary(depth);
      if (holdsNot(left) || holdsNot(right))
        throw new QueryError(position, 'NEAR needs words on both sides, not NOT');
      left = { type: 'near', words, left, right };
    }
    return left;
  }

  #primary(depth: number): QueryNode {
    const token = this.take();
    if (token.type === 'open') {
      const node = this.or(depth + 1);
      const close = this.take();
      if (close.type !== 'close') throw new QueryError(token.position, '`(` is never closed; add `)`');
      return node;
    }
    if (token.leaf !== undefined) return token.leaf;
    const before = this.#tokens[this.#at - 2];
    const place = before === undefined ? 'at its beginning' : `after \`${before.written}\``;
    const found = token.type === 'end' ? 'the query ends' : `\`${token.written}\` stands`;
    throw new QueryError(
      token.position,
      `${found} where a word or a phrase is expected, ${place}; to look for the word itself, put it in quotes`,
    );
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
  }
}

function holdsNot(node: QueryNode): boolean {
  if (node.type === 'leaf' || node.type === 'regex') return false;
  if (node.type === 'not') return true;
  return node.type === 'near' ? holdsNot(node.left) || holdsNot(node.right) : node.parts.some(holdsNot);
}
