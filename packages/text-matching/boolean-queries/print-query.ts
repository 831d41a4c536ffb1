/** Writes a query as its parser understood it; parsed again, it is the same query. */
import { type QueryLeaf, type QueryNode, type WordsLeaf } from './query.ts';

/** How tightly each kind of node holds together; a looser one within a tighter one takes brackets. */
const BINDING: Readonly<Record<string, number>> = { or: 0, and: 1, not: 2, near: 3, title: 4 };
const TIGHTEST = 5;
/** Words that mean the same with and without quotes. */
const NEEDS_NO_QUOTES = /^[#@]?[\p{L}\p{N}]+$/u;
const OPERATOR = /^(?:and|or|not|o?near)$/i;

export function printQuery(node: QueryNode): string {
  return print(node, 0);
}

function print(node: QueryNode, outer: number): string {
  const own = BINDING[node.type] ?? TIGHTEST;
  const text = textOf(node, own);
  return own < outer ? `(${text})` : text;
}

function textOf(node: QueryNode, own: number): string {
  switch (node.type) {
    case 'or':
      return node.parts.map((part) => print(part, own + 1)).join(' OR ');
    case 'and':
      return node.parts.map((part) => print(part, own + 1)).join(' AND ');
    case 'not':
      return `NOT ${print(node.part, own + 1)}`;
    case 'near':
      return `${print(node.left, own)} ${node.ordered ? 'ONEAR' : 'NEAR'}/${node.words} ${print(node.right, own + 1)}`;
    case 'title':
      return `title:${print(node.part, own + 1)}`;
    case 'within':
      return `"${node.phrase.text}"~${node.words}`;
    case 'sequence':
      if (node.parts.some((part) => part.type === 'words' && part.mode === 'exact'))
        return `{${node.parts.map(({ text }) => text).join(' ')}}`;
      return `"${node.parts
        .map((part, at) => `${'* '.repeat(at === 0 ? 0 : node.gaps[at - 1]!)}${part.text}`)
        .join(' ')}"`;
    case 'words':
    case 'pattern':
    case 'regex':
    case 'fact':
      return printLeaf(node);
  }
}

export function printLeaf(leaf: QueryLeaf): string {
  switch (leaf.type) {
    case 'words':
      return printWords(leaf);
    case 'pattern':
      return leaf.text;
    case 'regex':
      return `/${leaf.pattern}/${leaf.exactCase ? 'c' : ''}`;
    case 'fact':
      return `${leaf.name}:"${leaf.value}"`;
  }
}

function printWords({ mode, text }: WordsLeaf): string {
  if (mode === 'exact') return `{${text}}`;
  if (mode === 'raw') return text.includes('"') ? `raw:“${text}”` : `raw:"${text}"`;
  return NEEDS_NO_QUOTES.test(text) && !OPERATOR.test(text) ? text : `"${text}"`;
}
