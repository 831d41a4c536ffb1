/** Posts made of a query's own words, that it must accept: they show that it can be met at all. */
import { type TextFieldKind } from '@leakwatch/contracts';
import { type PostText } from '../fields/post-text.ts';
import { printLeaf } from './print-query.ts';
import { type FactLeaf, type QueryLeaf, type QueryNode } from './query.ts';

/** Why no example can be made of a part of a query. */
export type NoExample =
  /** It has a regex, of which no example is made. */
  | { readonly type: 'untried' }
  /** It asks for two things of which a post has one. */
  | { readonly type: 'contrary'; readonly first: FactLeaf; readonly second: FactLeaf };

/** The texts of a post in which a part of a query is met. */
interface Sketch {
  readonly caption: readonly string[];
  readonly title: readonly string[];
  /** Facts that the post must state one of. */
  readonly facts: readonly FactLeaf[];
}

export type Choice = (or: QueryNode) => number;
/** How the pieces of a post are put together; a query that excludes one way may accept another. */
export type Layout = 'close' | 'apart' | 'reversed';
export const LAYOUTS: readonly Layout[] = ['close', 'apart', 'reversed'];

const EMPTY: Sketch = { caption: [], title: [], facts: [] };
/** Words of no language that no query looks for. */
const FILLER = 'qzxj';
const APART = ` ${Array.from({ length: 12 }, () => FILLER).join(' ')}. `;
const OWN_FIELD: Readonly<Record<string, TextFieldKind>> = { author: 'handle', site: 'address' };

/** @param choice - which part of each OR the post is to meet */
export function exampleOf(node: QueryNode, choice: Choice, layout: Layout): PostText | NoExample {
  const sketch = sketchOf(node, choice, layout);
  if ('type' in sketch) return sketch;
  const facts = new Map<string, FactLeaf>();
  for (const fact of sketch.facts) {
    const held = facts.get(fact.name);
    if (held !== undefined && held.value !== fact.value && fact.name !== 'links' && fact.name !== 'url') {
      return { type: 'contrary', first: held, second: fact };
    }
    facts.set(fact.name, fact);
  }
  const fields = [
    { kind: 'caption' as const, text: join(sketch.caption, layout) },
    ...sketch.title.map((text) => ({ kind: 'title' as const, text })),
    ...sketch.facts.flatMap(({ name, value }) =>
      name === 'language' || name === 'platform'
        ? []
        : [{ kind: OWN_FIELD[name] ?? ('link' as const), text: linkOrName(name, value) }],
    ),
  ];
  return { fields, platform: facts.get('platform')?.value, language: facts.get('language')?.value };
}

function join(parts: readonly string[], layout: Layout): string {
  const ordered = layout === 'reversed' ? parts.toReversed() : parts;
  return ordered.join(layout === 'close' ? ' ' : APART);
}

function linkOrName(name: string, value: string): string {
  return name === 'author' ? value.replace(/[*?]/g, 'x') : `https://${value}`;
}

function sketchOf(node: QueryNode, choice: Choice, layout: Layout): Sketch | NoExample {
  switch (node.type) {
    case 'regex':
      return { type: 'untried' };
    case 'fact':
      return { ...EMPTY, facts: [node] };
    case 'words':
    case 'pattern':
      return { ...EMPTY, caption: [textOf(node)] };
    case 'not':
      return EMPTY;
    case 'or':
      return sketchOf(node.parts[choice(node)]!, choice, layout);
    case 'and':
      return all(node.parts.map((part) => sketchOf(part, choice, layout)));
    case 'title': {
      const part = sketchOf(node.part, choice, layout);
      return 'type' in part ? part : { ...EMPTY, title: [join(part.caption, layout)] };
    }
    case 'within':
      return { ...EMPTY, caption: [node.phrase.text] };
    case 'sequence': {
      const words = node.parts.map((part, at) =>
        [...Array.from({ length: at === 0 ? 0 : node.gaps[at - 1]! }, () => FILLER), textOf(part)].join(' '),
      );
      return { ...EMPTY, caption: [words.join(' ')] };
    }
    case 'near': {
      const sides = all([sketchOf(node.left, choice, layout), sketchOf(node.right, choice, layout)]);
      if ('type' in sides) return sides;
      const isSwapped = layout === 'reversed' && !node.ordered;
      const caption = isSwapped ? sides.caption.toReversed() : sides.caption;
      const gap = layout === 'apart' ? Array.from({ length: node.words }, () => FILLER) : [];
      return { ...sides, caption: [caption.join([' ', ...gap, ' '].join(' '))] };
    }
  }
}

function all(sketches: readonly (Sketch | NoExample)[]): Sketch | NoExample {
  const parts: Sketch[] = [];
  for (const sketch of sketches) {
    if ('type' in sketch) return sketch;
    parts.push(sketch);
  }
  return {
    caption: parts.flatMap(({ caption }) => caption),
    title: parts.flatMap(({ title }) => title),
    facts: parts.flatMap(({ facts }) => facts),
  };
}

/** A text that a leaf is found in. */
function textOf(leaf: QueryLeaf): string {
  if (leaf.type === 'words') return leaf.text;
  return leaf.type === 'pattern' ? leaf.text.replaceAll('?', 'x').replaceAll('*', '') : printLeaf(leaf);
}
