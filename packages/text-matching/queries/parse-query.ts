/**
 * Reads the query language that social-listening tools share: `AND`, `OR`, `NOT` (or `-`), `"phrase"`, `NEAR/n`, `prefix*`, `#tag`,
 * `@handle`, `{Exact Case}`, parentheses. Neighbours without an operator are joined by AND; NEAR binds closest, then NOT, AND, OR.
 */
import { QueryError } from './query-error.ts';
import { type LeafKind, type QueryNode } from './query.ts';

interface Token {
  readonly type: 'leaf' | 'and' | 'or' | 'not' | 'near' | 'open' | 'close' | 'end';
  readonly position: number;
  /** As it was written. */
  readonly written: string;
  readonly kind?: LeafKind;
  readonly text?: string;
  readonly words?: number;
}

const LONGEST_NEAR = 50;
const DEEPEST = 50;
const HAS_LETTER = /[\p{L}\p{N}]/u;

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
    if (token.type === 'leaf') {
      return { type: 'leaf', kind: token.kind ?? 'phrase', text: token.text ?? '', position: token.position };
    }
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
  if (node.type === 'leaf') return false;
  if (node.type === 'not') return true;
  return node.type === 'near' ? holdsNot(node.left) || holdsNot(node.right) : node.parts.some(holdsNot);
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|([()])|"([^"]*)("?)|“([^”]*)(”?)|\{([^}]*)(\}?)|(-)(?=["(#@{\p{L}\p{N}])|([^\s()"“{}]+)|[}]/gu;
  for (const match of query.matchAll(pattern)) {
    const position = match.index;
    const [written, bracket, quoted, quoteEnd, curly, curlyEnd, braced, braceEnd, minus, word] = match;
    if (bracket !== undefined) tokens.push({ type: bracket === '(' ? 'open' : 'close', position, written });
    else if (quoted !== undefined)
      tokens.push(leaf('phrase', quoted, quoteEnd === '"', '"', position, written));
    else if (curly !== undefined)
      tokens.push(leaf('phrase', curly, curlyEnd === '”', '”', position, written));
    else if (braced !== undefined)
      tokens.push(leaf('exact', braced, braceEnd === '}', '}', position, written));
    else if (minus !== undefined) tokens.push({ type: 'not', position, written });
    else if (word !== undefined) tokens.push(wordToken(word, position));
    else if (written === '}')
      throw new QueryError(position, '`}` closes nothing; remove it or open it with `{`');
  }
  return [...tokens, { type: 'end', position: query.length, written: '' }];
}

function leaf(
  kind: LeafKind,
  text: string,
  isClosed: boolean,
  close: string,
  position: number,
  written: string,
): Token {
  if (!isClosed) throw new QueryError(position, `${written.slice(0, 1)} is never closed; add ${close}`);
  if (!HAS_LETTER.test(text))
    throw new QueryError(position, `${written} holds no letter or digit to look for`);
  return { type: 'leaf', kind, text, position, written };
}

function wordToken(word: string, position: number): Token {
  const near = /^NEAR(?:\/(.*))?$/.exec(word);
  if (near !== null) return nearToken(word, near[1], position);
  if (word === 'AND' || word === 'OR' || word === 'NOT') {
    const type = ({ AND: 'and', OR: 'or', NOT: 'not' } as const)[word];
    return { type, position, written: word };
  }
  if (!HAS_LETTER.test(word))
    throw new QueryError(
      position,
      `\`${word}\` holds no letter or digit to look for; put it in quotes with a word`,
    );
  const star = word.indexOf('*');
  if (star >= 0 && star < word.length - 1) {
    throw new QueryError(
      position + star,
      `\`*\` is only known at the end of a word; try \`${word.slice(0, star)}*\``,
    );
  }
  if (star > 0) return { type: 'leaf', kind: 'prefix', text: word.slice(0, star), position, written: word };
  const kind = word.startsWith('#') ? 'tag' : word.startsWith('@') ? 'handle' : 'phrase';
  return { type: 'leaf', kind, text: kind === 'phrase' ? word : word.slice(1), position, written: word };
}

function nearToken(written: string, distance: string | undefined, position: number): Token {
  const words = Number(distance);
  if (distance === undefined || !/^\d+$/.test(distance) || words > LONGEST_NEAR) {
    throw new QueryError(
      position,
      `\`${written}\` needs a number of words from 0 to ${LONGEST_NEAR}, like \`NEAR/5\``,
    );
  }
  return { type: 'near', position, written, words };
}
