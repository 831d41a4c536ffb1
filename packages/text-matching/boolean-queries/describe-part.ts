/** Says in words what a part of a query asks of a post. Its own parts are said on lines of their own. */
import { printQuery } from './print-query.ts';
import { hasLetter, signsOf } from './query-signs.ts';
import { type FactLeaf, type QueryNode, type WordsLeaf } from './query.ts';

/** @param isNearby - the part counts only near the other side of a NEAR */
export function describePart(node: QueryNode, isNearby = false): string {
  switch (node.type) {
    case 'and':
      return 'all of these';
    case 'or':
      return 'at least one of these';
    case 'not':
      return isNearby ? 'not this nearby' : 'not this';
    case 'near':
      return node.ordered
        ? `the first before the second, ${between(node.words)}`
        : `these two in either order, ${between(node.words)}`;
    case 'within':
      return `${quoted(node.phrase.text)} as it stands, or its words in any order with ${atMost(node.words)} among them`;
    case 'sequence':
      return `${printQuery(node)}: these side by side${node.gaps.some((gap) => gap > 0) ? ', with one word for each `*` by itself' : ''}`;
    case 'title':
      return 'in the title (in the caption, if the post has no title)';
    case 'words':
      return describeWords(node);
    case 'pattern':
      return `${/^[#@]/.test(node.text) ? '' : 'a word like '}${quoted(node.text)} (\`*\` is any letters or none, \`?\` is one)`;
    case 'regex':
      return `text that the regex /${node.pattern}/ matches, ${node.exactCase ? 'in exactly this case' : 'in any case'}`;
    case 'fact':
      return describeFact(node);
  }
}

function describeWords({ mode, text }: WordsLeaf): string {
  if (mode === 'exact') return `${quoted(text)} in exactly these letters and this case`;
  if (mode === 'raw') return `${quoted(text)} character for character`;
  if (!hasLetter(text)) return quoted(text);
  const name = /^[#＃]/.test(text) ? 'the hashtag' : /^[@＠]/.test(text) ? 'the handle' : undefined;
  if (name !== undefined && !/\s/.test(text)) return `${name} ${quoted(text)}`;
  const signs = signsOf(text) === undefined ? '' : ', with its signs';
  return /[\s-]/.test(text)
    ? `the words ${quoted(text)} side by side or joined${signs}`
    : `the word ${quoted(text)}${signs}`;
}

function describeFact({ name, value }: FactLeaf): string {
  switch (name) {
    case 'author':
      return `an author whose handle or display name is ${quoted(value)}`;
    case 'language':
      return `a post in ${languageName(value)} (${value}), or in a language that is not known`;
    case 'platform':
      return `a post on ${quoted(value)}, or on a platform that is not known`;
    case 'links':
      return `a link to ${quoted(value)} or to what lies below it`;
    case 'url':
      return `${quoted(value)} or what lies below it, as a link or as the post's own address`;
    case 'site':
      return `a post whose own address is on ${quoted(value)}`;
  }
}

function between(words: number): string {
  return words === 0 ? 'side by side' : `with at most ${count(words)} between them`;
}

function atMost(words: number): string {
  return words === 0 ? 'no other' : `at most ${words} other${words === 1 ? '' : 's'}`;
}

function count(words: number): string {
  return words === 1 ? '1 word' : `${words} words`;
}

function languageName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
}

function quoted(text: string): string {
  return `“${text}”`;
}
