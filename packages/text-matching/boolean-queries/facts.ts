/** Facts about a post beside its words: author, platform, language and links. */
import { type FieldPiece } from '../fields/field-pieces.ts';
import { type TextFieldKind } from '@leakwatch/contracts';
import { type PostText } from '../fields/post-text.ts';
import { type FactLeaf } from './query.ts';
import { matchesWildcards } from './wildcards.ts';

/** A place in a post that a fact was read from. */
export interface FactPlace {
  readonly piece: number;
  readonly from: number;
  readonly to: number;
}

/** `unknown`: the post doesn't say, so neither the fact nor its contrary rules it out. */
export type FactAnswer = boolean | 'unknown';

export function holdsFact(fact: FactLeaf, post: PostText, pieces: readonly FieldPiece[]): FactAnswer {
  switch (fact.name) {
    case 'platform':
      return post.platform === undefined ? 'unknown' : post.platform.toLowerCase() === fact.value;
    case 'language':
      return post.language === undefined ? 'unknown' : codeOf(post.language) === fact.value;
    case 'author':
    case 'links':
    case 'site':
    case 'url':
      return placesOf(fact, pieces).length > 0;
  }
}

/** Returns the places in a post that state a fact; none if no text states it. */
export function placesOf(fact: FactLeaf, pieces: readonly FieldPiece[]): FactPlace[] {
  switch (fact.name) {
    case 'author':
      return wholeFields(pieces, AUTHOR, (text) => isAuthor(fact.value, text));
    case 'site':
      return wholeFields(pieces, ADDRESS, (text) => placeOfLink(text, fact.value, true) !== undefined);
    case 'url':
      return linksIn(pieces, fact.value, (kind) => !AUTHOR.has(kind));
    case 'links':
      return linksIn(pieces, fact.value, (kind) => !AUTHOR.has(kind) && kind !== 'address');
    case 'language':
    case 'platform':
      return [];
  }
}

const AUTHOR: ReadonlySet<TextFieldKind> = new Set(['handle', 'display-name']);
const ADDRESS: ReadonlySet<TextFieldKind> = new Set(['address']);

function codeOf(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0]!;
}

function wholeFields(
  pieces: readonly FieldPiece[],
  kinds: ReadonlySet<TextFieldKind>,
  test: (text: string) => boolean,
): FactPlace[] {
  return pieces.flatMap(({ kind, text }, piece) =>
    kinds.has(kind) && test(text) ? [{ piece, from: 0, to: text.length }] : [],
  );
}

/** The whole name, in any case; `*` and `?` stand for what they stand for in words. */
function isAuthor(wanted: string, text: string): boolean {
  const name = text
    .trim()
    .replace(/^[@＠]/, '')
    .normalize('NFKC')
    .toLowerCase();
  return matchesWildcards(Array.from(wanted.normalize('NFKC')), Array.from(name));
}

function linksIn(
  pieces: readonly FieldPiece[],
  value: string,
  wanted: (kind: TextFieldKind) => boolean,
): FactPlace[] {
  return pieces.flatMap(({ kind, text }, piece) => {
    const place = wanted(kind) ? placeOfLink(text, value, false) : undefined;
    return place === undefined ? [] : [{ piece, ...place }];
  });
}

/** Characters allowed before a host: the end of a scheme or sub-domain, a space, a bracket. */
const MAY_PRECEDE = /[^\p{L}\p{N}_-]/u;
/** The end of a host or a part of a path: no letter and no further label follows. */
const MAY_FOLLOW = /^(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u;

/** Finds a link to a host, one of its sub-domains, an address or a page below it. */
function placeOfLink(
  text: string,
  value: string,
  isHostOnly: boolean,
): { from: number; to: number } | undefined {
  const lower = text.toLowerCase();
  // A letter whose lower case is longer would shift the place.
  const searched = lower.length === text.length ? lower : text;
  for (let from = searched.indexOf(value); from >= 0; from = searched.indexOf(value, from + 1)) {
    const before = searched.slice(0, from);
    const to = from + value.length;
    const isHost = !isHostOnly || !before.replace(/^[a-z]+:\/\//, '').includes('/');
    const isWhole =
      (from === 0 || MAY_PRECEDE.test(before.at(-1)!)) && MAY_FOLLOW.test(searched.slice(to, to + 2));
    if (isHost && isWhole) return { from, to };
  }
  return undefined;
}
