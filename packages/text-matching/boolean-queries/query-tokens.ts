/** A query as operators, brackets and leaves. */
import { readField } from './field-token.ts';
import { QueryError } from './query-error.ts';
import { type QueryNode } from './query.ts';
import { ANY_QUOTE, closingQuotes } from './quotes.ts';
import { quotedNode, withinNode, phraseNode } from './quoted-words.ts';
import { Reader } from './token-reader.ts';
import { type Token } from './token.ts';
import { readWord } from './word-token.ts';

/** Characters that can't be seen and would part a word, hide an operator or steer a terminal. */
const UNSEEN = /(?!\s)\p{Cc}|[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** @throws QueryError */
export function tokensOf(query: string): Token[] {
  const unseen = UNSEEN.exec(query);
  if (unseen !== null) {
    const code = unseen[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new QueryError(unseen.index, `an invisible character (U+${code}) stands here; delete it`);
  }
  const reader = new Reader(query);
  const tokens: Token[] = [];
  for (;;) {
    const token = nextToken(reader);
    if (token === undefined) return [...tokens, { type: 'end', position: query.length, written: '' }];
    tokens.push(token);
  }
}

function nextToken(reader: Reader): Token | undefined {
  skipComments(reader);
  const position = reader.at;
  const sign = reader.peek();
  if (sign === '') return undefined;
  if (sign === '(' || sign === '（') return bracket(reader, 'open');
  if (sign === ')' || sign === '）') return bracket(reader, 'close');
  const closing = closingQuotes(sign);
  if (closing !== undefined) return quoteToken(reader, closing);
  if (sign === '{') return exactToken(reader);
  if (sign === '/') return regexToken(reader);
  if (sign === '}') throw new QueryError(position, '`}` closes nothing; remove it or open it with `{`');
  if (sign === '[' || sign === ']') {
    throw new QueryError(
      position,
      `\`${sign}\` means nothing here: group with \`(…)\`; a range of numbers can't be asked for; in quotes the sign is punctuation`,
    );
  }
  if (sign === '-' && reader.matches(/-(?=["“”‟„«»‹›「『＂({@#/]|[^\s\p{P}])/uy) !== undefined) {
    return { type: 'not', position, written: '-' };
  }
  return readField(reader) ?? readWord(reader);
}

function bracket(reader: Reader, type: 'open' | 'close'): Token {
  const position = reader.at;
  return { type, position, written: reader.take(1) };
}

/** `<<<…>>>` is a comment. */
function skipComments(reader: Reader): void {
  for (;;) {
    reader.matches(/\s+/uy);
    const position = reader.at;
    if (reader.matches(/<<</y) === undefined) return;
    if (reader.until('>>>') === undefined) {
      throw new QueryError(position, 'the comment is never closed; add `>>>`');
    }
  }
}

function quoteToken(reader: Reader, closing: readonly string[]): Token {
  const position = reader.at;
  const open = reader.take(1);
  const text = reader.until(...closing);
  if (text === undefined) throw new QueryError(position, `${open} is never closed; add ${closing.at(-1)!}`);
  const inner = text.search(ANY_QUOTE);
  if (inner >= 0) {
    throw new QueryError(
      position + 1 + inner,
      `\`${text[inner]!}\` stands within the quotes ${open}…${closing.at(-1)!}; leave it out, or close with \`${closing.at(-1)!}\` where the phrase ends`,
    );
  }
  const node = quotedNode(text, position);
  const slop = reader.matches(/~[^\s()]*/uy);
  if (slop === undefined)
    return { type: 'node', position, written: `${open}${text}${closing.at(-1)!}`, node };
  return {
    type: 'node',
    position,
    written: `"${text}"${slop}`,
    node: withinNode(node, text, slop, position),
  };
}

function exactToken(reader: Reader): Token {
  const position = reader.at;
  reader.take(1);
  const text = reader.until('}');
  if (text === undefined) throw new QueryError(position, '{ is never closed; add }');
  if (/[*?]/.test(text)) {
    throw new QueryError(
      position,
      `\`{${text}}\` takes no wildcards; a regex does in exact case: \`/\\b${text.replace('*', '\\w*').replace('?', '\\w')}\\b/c\``,
    );
  }
  return { type: 'node', position, written: `{${text}}`, node: phraseNode('exact', text, position) };
}

function regexToken(reader: Reader): Token {
  const position = reader.at;
  reader.take(1);
  const pattern = reader.matches(/(?:\\.|[^\\/])*/suy) ?? '';
  if (reader.peek() !== '/')
    throw new QueryError(
      position,
      'the regex is never closed; add `/`, or put a word that begins with `/` in quotes',
    );
  reader.take(1);
  const flagsAt = reader.at;
  const flags = reader.matches(/[^\s()]+/uy) ?? '';
  if (!/^[ic]?$/.test(flags)) {
    throw new QueryError(
      flagsAt,
      `\`${flags}\` is no flag of a regex; known are \`i\` (any case, as without it) and \`c\` (exact case). A \`/\` inside is written \`\\/\``,
    );
  }
  const node: QueryNode = { type: 'regex', pattern, exactCase: flags === 'c', position };
  return { type: 'node', position, written: `/${pattern}/${flags}`, node };
}
