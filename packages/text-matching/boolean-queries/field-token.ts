/** `author:`, `title:` and their like: what is asked of one part of a post, or of what is known of it. */
import { QueryError } from './query-error.ts';
import { hasLetter } from './query-signs.ts';
import { closingQuotes } from './quotes.ts';
import { type FactName, type QueryNode } from './query.ts';
import { patternLeaf, quotedNode, wordsLeaf } from './quoted-words.ts';
import { type Reader } from './token-reader.ts';
import { type Token } from './token.ts';

/** The names of each field, here and in other tools. */
const FACTS: Readonly<Record<string, FactName>> = {
  author: 'author',
  from: 'author',
  language: 'language',
  lang: 'language',
  link: 'links',
  links: 'links',
  platform: 'platform',
  site: 'site',
  url: 'url',
};
const KNOWN = 'author:, hashtags:, language:, links:, platform:, raw:, site:, title: and url:';
/** Fields of other tools that have another spelling here, or none. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^(?:mentions?|to|at)$/, 'a handle that is mentioned is written `@name`'],
  [
    /^(?:content|text|body|ingress|message|keyword)$/,
    'words are looked for in all texts of a post; leave it out',
  ],
  [/^(?:intitle|headline|subject)$/, 'write `title:`'],
  [/^(?:user|username|by|authorname|author_?\w+)$/, 'write `author:`'],
  [/^(?:inurl|domain|domain_url|host|host_url)$/, 'write `site:` for a host, `url:` for an address'],
  [/^(?:source|sourcetype|channel|pagetype|network)$/, 'write `platform:`'],
  [
    /^(?:is|has|country|city|state|region|continent|county|geo|sourcegeo|gender|sentiment|reach|followers|published|since|until|date|time)$/,
    'a query asks for words, authors, links, platform and language only; leave it out',
  ],
];
const NAME = /[\p{L}_][\p{L}\p{N}_]*:/uy;
/** A value without quotes goes on to the next space, bracket, quote or comment. */
const VALUE = /(?:(?!<<<)[^\s()（）"“”„«»{}[\]])+/uy;

/** Undefined, and nothing read, where no field comes. */
export function readField(reader: Reader): Token | undefined {
  const position = reader.at;
  const written = reader.matches(NAME);
  if (written === undefined) return undefined;
  const name = written.slice(0, -1).toLowerCase();
  const next = reader.peek();
  if (name === 'http' || name === 'https') {
    throw new QueryError(
      position,
      `\`${written}\` is no field; to look for an address write \`links:example.com/page\``,
    );
  }
  const isFact = Object.hasOwn(FACTS, name);
  const elsewhere = isFact ? undefined : ELSEWHERE.find(([sign]) => sign.test(name));
  if (elsewhere !== undefined) {
    throw new QueryError(position, `\`${written}\` is no field that is known here: ${elsewhere[1]}`);
  }
  if (!isFact && !['title', 'raw', 'hashtag', 'hashtags'].includes(name)) {
    throw new QueryError(
      position,
      `\`${written}\` is no field that is known here; known are ${KNOWN}. To look for the sign itself, put it in quotes with the word: \`"${written}"\``,
    );
  }
  if (next === '' || /[\s)）]/u.test(next)) {
    throw new QueryError(
      position,
      `\`${written}\` needs something to look for right behind it, like \`${written}word\``,
    );
  }
  if (name === 'title') return { type: 'title', position, written };
  const values = readValues(reader, written, position);
  const nodeOf = isFact
    ? (value: string, at: number) => factNode(FACTS[name]!, value, at)
    : name === 'raw'
      ? (value: string, at: number) => wordsLeaf('raw', value, at)
      : tagNode;
  const parts = values.map(({ value, at }) => nodeOf(value, at));
  const node: QueryNode = parts.length === 1 ? parts[0]! : { type: 'or', parts };
  return { type: 'node', position, written: reader.text.slice(position, reader.at), node };
}

/** One value, or several as `(a OR "b c")`. */
function readValues(reader: Reader, written: string, position: number): { value: string; at: number }[] {
  const values: { value: string; at: number }[] = [];
  if (!/[(（]/.test(reader.peek())) return [readValue(reader, written, position)];
  reader.take(1);
  for (;;) {
    reader.matches(/\s+/uy);
    values.push(readValue(reader, written, position));
    reader.matches(/\s+/uy);
    if (reader.matches(/[)）]/uy) !== undefined) return values;
    if (reader.matches(/or(?=[\s("“„«])/iuy) === undefined) {
      throw new QueryError(
        reader.at,
        `in \`${written}(…)\` stand values with OR between them, like \`${written}(a OR "b c")\`; write anything else outside`,
      );
    }
  }
}

function readValue(reader: Reader, written: string, position: number): { value: string; at: number } {
  const at = reader.at;
  const closing = closingQuotes(reader.peek());
  if (closing !== undefined) {
    reader.take(1);
    const value = reader.until(...closing);
    if (value === undefined) throw new QueryError(at, `the quote is never closed; add ${closing.at(-1)!}`);
    return { value: value.trim(), at };
  }
  const value = reader.matches(VALUE);
  if (value === undefined) {
    throw new QueryError(
      position,
      `\`${written}\` needs something to look for, like \`${written}word\`, or \`${written}"…"\` for what has brackets or spaces`,
    );
  }
  return { value, at };
}

function tagNode(value: string, position: number): QueryNode {
  const tag = `#${value.replace(/^[#＃]/, '')}`;
  if (/\s/u.test(tag)) {
    throw new QueryError(
      position,
      `a hashtag has no spaces; write \`hashtags:${tag.replace(/[#\s]+/gu, '')}\``,
    );
  }
  if (/[*?]/.test(tag)) return patternLeaf(tag, position);
  const node = quotedNode(tag, position);
  return node;
}

function factNode(name: FactName, value: string, position: number): QueryNode {
  if (!hasLetter(value)) {
    throw new QueryError(position, `\`${name}:${value}\` holds no letter or digit to look for`);
  }
  // An address may hold a `?` of its own.
  const wildcard = name === 'links' || name === 'url' ? /\*/ : /[*?]/;
  if (wildcard.test(value) && name !== 'author') {
    throw new QueryError(
      position,
      `\`${name}:\` takes no wildcards${name === 'language' || name === 'platform' ? '' : '; a host takes its sub-domains and an address all below it'}: \`${name}:${value.replaceAll(new RegExp(wildcard, 'g'), '').replace(/^\.+/, '')}\``,
    );
  }
  if (name === 'language') return { type: 'fact', name, value: languageCode(value, position), position };
  const plain =
    name === 'author'
      ? value.replace(/^[@＠]/, '')
      : name === 'platform'
        ? value
        : value
            .replace(/^https?:\/\//i, '')
            .replace(/^www\./i, '')
            .replace(/\/+$/, '');
  if (name === 'site' && plain.includes('/')) {
    throw new QueryError(
      position,
      `\`site:\` takes a host alone; write \`url:${plain}\` for pages below an address`,
    );
  }
  return { type: 'fact', name, value: plain.toLowerCase(), position };
}

function languageCode(value: string, position: number): string {
  const code = value.toLowerCase().split(/[-_]/, 1)[0]!;
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  if (!/^[a-z]{2,3}$/.test(code) || names.of(code) === undefined) {
    throw new QueryError(
      position,
      `\`${value}\` is no code of a language; write one of two letters, like \`language:en\` or \`language:de\``,
    );
  }
  return code;
}
