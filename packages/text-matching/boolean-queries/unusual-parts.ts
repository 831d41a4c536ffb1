/** Says what in a query may mean something else than its author thinks. */
import { printQuery } from './print-query.ts';
import { tokensOf } from './query-tokens.ts';
import { partsOf, positionOf, type QueryNode } from './query.ts';
import { type Token } from './token.ts';

export interface Advice {
  /** UTF-16 unit of the query, from 0. */
  readonly position: number;
  readonly message: string;
}

/** A NEAR this wide spans most posts. */
const WIDE = 30;
/** A wildcard behind fewer letters takes very many words. */
const FEW_LETTERS = 3;

/** In the order of the query. */
export function unusualParts(query: string, node: QueryNode): Advice[] {
  const tokens = tokensOf(query);
  return [...unusualOperators(tokens), ...unusualNodes(node)].sort((a, b) => a.position - b.position);
}

/** The content of one pair of brackets. */
interface Level {
  hasAnd: boolean;
  hasOr: boolean;
}

function unusualOperators(tokens: readonly Token[]): Advice[] {
  const advice: Advice[] = [];
  const levels: Level[] = [{ hasAnd: false, hasOr: false }];
  let isMixed = false;
  let isGlued = false;
  tokens.forEach((token, at) => {
    const { position, written } = token;
    const level = levels.at(-1)!;
    const isJoined = joinsWithoutOperator(tokens[at - 1], token);
    if (token.type === 'open') levels.push({ hasAnd: false, hasOr: false });
    if (token.type === 'close' && levels.length > 1) levels.pop();
    if ((token.type === 'and' || token.type === 'or') && written !== written.toUpperCase()) {
      advice.push({
        position,
        message: `\`${written}\` is read as the operator ${written.toUpperCase()}; for the word itself write \`"${written}"\``,
      });
    }
    if (token.type === 'and' || isJoined) level.hasAnd = true;
    if (token.type === 'or') level.hasOr = true;
    if (level.hasAnd && level.hasOr && !isMixed) {
      isMixed = true;
      advice.push({
        position,
        message:
          'AND and OR stand side by side: AND, NOT and a missing operator bind closer than OR; put brackets around what belongs together',
      });
    }
    if (isJoined && token.type !== 'not' && !isGlued) {
      isGlued = true;
      const words = [tokens[at - 1]!.written, written];
      const isPlain = words.every((word) => /^[\p{L}\p{N}]+$/u.test(word));
      advice.push({
        position,
        message: `no operator stands before \`${written}\`, so both must occur, anywhere in the post${isPlain ? `; for words side by side write \`"${words.join(' ')}"\`` : ''}`,
      });
    }
  });
  return advice;
}

function joinsWithoutOperator(before: Token | undefined, { type }: Token): boolean {
  const isBegin = type === 'node' || type === 'title' || type === 'open' || type === 'not';
  return isBegin && (before?.type === 'node' || before?.type === 'close');
}

function unusualNodes(node: QueryNode): Advice[] {
  return [...adviceOf(node), ...partsOf(node).flatMap(unusualNodes)];
}

function adviceOf(node: QueryNode): Advice[] {
  const position = positionOf(node);
  switch (node.type) {
    case 'and':
    case 'or': {
      const printed = node.parts.map(printQuery);
      return node.parts.flatMap((part, at) =>
        printed.indexOf(printed[at]!) < at
          ? [
              {
                position: positionOf(part),
                message: `\`${printed[at]!}\` stands twice in one ${node.type.toUpperCase()}; leave one out`,
              },
            ]
          : [],
      );
    }
    case 'near':
      return node.words >= WIDE
        ? [
            {
              position,
              message: `${node.words} words span most posts; AND says nearly the same, also over several fields`,
            },
          ]
        : [];
    case 'pattern': {
      const { length } = Array.from(
        node.text.slice(0, node.text.search(/[*?]/)).replace(/^[^\p{L}\p{N}]+/u, ''),
      );
      return length < FEW_LETTERS && node.text.includes('*')
        ? [
            {
              position,
              message: `\`${node.text}\` takes very many words; write more letters before the \`*\``,
            },
          ]
        : [];
    }
    case 'words': {
      const operator = /(?:^|\s)(AND|OR|NOT|O?NEAR\/\d+f?)(?:\s|$)/.exec(node.text)?.[1];
      return operator !== undefined && node.mode === 'dressed'
        ? [
            {
              position,
              message: `in quotes, \`${operator}\` is a word to look for; close the quotes before the operator`,
            },
          ]
        : [];
    }
    case 'within':
    case 'sequence':
    case 'not':
    case 'title':
    case 'regex':
    case 'fact':
      return [];
  }
}
