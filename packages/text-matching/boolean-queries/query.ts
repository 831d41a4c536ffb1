/** A boolean query, as it was written. */

/** How closely the text must agree with what was written. */
export type WordsMode =
  /** `velora`, `"velora mist"`: any case, any disguise. */
  | 'dressed'
  /** `{Velora}`: exactly these letters in exactly this case. */
  | 'exact'
  /** `raw:Velora+`: character for character, signs and spaces too. */
  | 'raw';

/** A word, or words side by side: `velora`, `"velora mist"`, `#launch`, `@velora`, `$49`, `C#`, `🔥`. */
export interface WordsLeaf {
  readonly type: 'words';
  readonly mode: WordsMode;
  readonly text: string;
  readonly position: number;
}

/** A word with wildcards: `launch*`, `velm?ra`, `#drop*`. */
export interface PatternLeaf {
  readonly type: 'pattern';
  readonly text: string;
  readonly position: number;
}

/** `/…/`, and `/…/c` in exactly this case. */
export interface RegexLeaf {
  readonly type: 'regex';
  readonly pattern: string;
  readonly exactCase: boolean;
  readonly position: number;
}

/** Facts that a query can ask for, beside words. */
export type FactName = 'author' | 'language' | 'links' | 'platform' | 'site' | 'url';

/** `author:someone`, `language:de`. */
export interface FactLeaf {
  readonly type: 'fact';
  readonly name: FactName;
  readonly value: string;
  readonly position: number;
}

export type QueryLeaf = WordsLeaf | PatternLeaf | RegexLeaf | FactLeaf;

/** Some match of `left` and some of `right` with at most `words` words between them; `ordered`: `left` first. */
export interface NearNode {
  readonly type: 'near';
  readonly words: number;
  readonly ordered: boolean;
  readonly left: QueryNode;
  readonly right: QueryNode;
}

/** `"velora mist"~5`: the phrase as it stands, or all its words, in any order, with at most `words` others among them. */
export interface WithinNode {
  readonly type: 'within';
  readonly words: number;
  readonly phrase: WordsLeaf;
  readonly parts: readonly WordsLeaf[];
}

/** `"velora * mis?"`: the parts in this order, with so many words between each two as `gaps` says. */
export interface SequenceNode {
  readonly type: 'sequence';
  readonly parts: readonly (WordsLeaf | PatternLeaf)[];
  readonly gaps: readonly number[];
}

export type QueryNode =
  | QueryLeaf
  | { readonly type: 'and' | 'or'; readonly parts: readonly QueryNode[] }
  | { readonly type: 'not'; readonly part: QueryNode }
  | NearNode
  | WithinNode
  | SequenceNode
  /** `title:(…)`: within the post's title. */
  | { readonly type: 'title'; readonly part: QueryNode };

/** The parts of a node; none for a leaf. */
export function partsOf(node: QueryNode): readonly QueryNode[] {
  switch (node.type) {
    case 'words':
    case 'pattern':
    case 'regex':
    case 'fact':
      return [];
    case 'not':
    case 'title':
      return [node.part];
    case 'near':
      return [node.left, node.right];
    case 'within':
      return [node.phrase, ...node.parts];
    case 'and':
    case 'or':
    case 'sequence':
      return node.parts;
  }
}

function isLeaf(node: QueryNode): node is QueryLeaf {
  return node.type === 'words' || node.type === 'pattern' || node.type === 'regex' || node.type === 'fact';
}

/** All leaves, from left to right. */
export function leavesOf(node: QueryNode): QueryLeaf[] {
  return isLeaf(node) ? [node] : partsOf(node).flatMap(leavesOf);
}

/** The place where a part of a query begins. */
export function positionOf(node: QueryNode): number {
  if (isLeaf(node)) return node.position;
  return Math.min(...leavesOf(node).map(({ position }) => position));
}

/** True for a part of a query that is no sequence of words: it combines conditions, or negates one. */
export function isCompound(node: QueryNode): boolean {
  if (node.type === 'and' || node.type === 'not') return true;
  return (node.type === 'or' || node.type === 'title') && partsOf(node).some(isCompound);
}
