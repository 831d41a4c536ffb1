/** A query as operators, brackets and leaves. */
import { QueryError } from './query-error.ts';
import { type LeafKind, type QueryLeaf } from './query.ts';

export interface Token {
  readonly type: 'leaf' | 'and' | 'or' | 'not' | 'near' | 'open' | 'close' | 'end';
  readonly position: number;
  /** As it was written. */
  readonly written: string;
  readonly leaf?: QueryLeaf;
  readonly words?: number;
}

const LONGEST_NEAR = 50;
const HAS_LETTER = /[\p{L}\p{N}]/u;

/** @throws QueryError */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|([()])|"([^"]*)("?)|“([^”]*)(”?)|\{([^}]*)(\}?)|\/((?:\\.|[^\\/])*)(\/?)([^\s()]*)|(-)(?=["(#@{/\p{L}\p{N}])|([^\s()"“{}]+)|[}]/gsu;
  for (const match of query.matchAll(pattern)) {
    const position = match.index;
    const [written, bracket, quoted, quoteEnd, curly, curlyEnd, braced, braceEnd, ...more] = match;
    const [regex, regexEnd, flags, minus, word] = more;
    if (bracket !== undefined) tokens.push({ type: bracket === '(' ? 'open' : 'close', position, written });
    else if (quoted !== undefined)
      tokens.push(leaf('phrase', quoted, quoteEnd === '"', '"', position, written));
    else if (curly !== undefined)
      tokens.push(leaf('phrase', curly, curlyEnd === '”', '”', position, written));
    else if (braced !== undefined)
      tokens.push(leaf('exact', braced, braceEnd === '}', '}', position, written));
    else if (regex !== undefined)
      tokens.push(regexToken(regex, regexEnd === '/', flags ?? '', position, written));
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
  return leafToken({ type: 'leaf', kind, text, position }, written);
}

function leafToken(leaf: QueryLeaf, written: string): Token {
  return { type: 'leaf', position: leaf.position, written, leaf };
}

function regexToken(
  pattern: string,
  isClosed: boolean,
  flags: string,
  position: number,
  written: string,
): Token {
  if (!isClosed)
    throw new QueryError(
      position,
      'the regex is never closed; add `/`, or put a word that begins with `/` in quotes',
    );
  if (!/^[ic]?$/.test(flags)) {
    throw new QueryError(
      position + written.length - flags.length,
      `\`${flags}\` is no flag of a regex; known are \`i\` (any case, as without it) and \`c\` (exact case). A \`/\` inside is written \`\\/\``,
    );
  }
  return leafToken({ type: 'regex', pattern, exactCase: flags === 'c', position }, written);
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
  if (star > 0) return leafToken({ type: 'leaf', kind: 'prefix', text: word.slice(0, star), position }, word);
  const kind = word.startsWith('#') ? 'tag' : word.startsWith('@') ? 'handle' : 'phrase';
  return leafToken({ type: 'leaf', kind, text: kind === 'phrase' ? word : word.slice(1), position }, word);
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
