import { isAlias, isCollection, isNode, isPair, isScalar, type Document } from 'yaml';
import { findForbiddenCharacter } from './forbidden-characters.ts';
import { type Mark } from './scan-lexemes.ts';

type Path = readonly PropertyKey[];

/** A problem whose place is still an offset into the text. */
export interface NodeProblem {
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}

/** Nodes that aliases may add to a file. Far more than any list by hand needs, far fewer than a bomb. */
const ALIASED_NODES = 5_000;

/**
 * Finds things that YAML allows and a list must not contain: tags, directives, merge keys, characters that no post
 * contains, and aliases that refer to nothing, to themselves or to too much.
 */
export function findNodeProblems(document: Document, found: readonly Mark[]): NodeProblem[] {
  const problems: NodeProblem[] = [];
  const marks = [...found];
  /** Nodes of each anchor, its aliases resolved; null while the anchor's node is still being read. */
  const sizes = new Map<string, number | null>();
  let aliased = 0;

  const mark = (node: unknown, path: Path) => {
    const start = isNode(node) ? node.range?.[0] : undefined;
    while (start !== undefined && marks[0] !== undefined && marks[0].offset <= start) {
      const { offset, source } = marks[0];
      marks.shift();
      problems.push({ offset, path, message: describeMark(source) });
    }
  };
  const measureAlias = (name: string, offset: number, path: Path): number => {
    const size = sizes.get(name);
    if (size === undefined || size === null) {
      const reason = size === undefined ? 'refers to no anchor before it' : 'refers to itself';
      problems.push({ offset, path, message: `the alias \`*${name}\` ${reason}` });
      return 1;
    }
    const before = aliased;
    aliased += size;
    if (before <= ALIASED_NODES && aliased > ALIASED_NODES) {
      problems.push({
        offset,
        path,
        message: `the aliases up to here repeat more than ${ALIASED_NODES} values`,
      });
    }
    return size;
  };
  /** @returns the nodes within, those of aliases counted as often as they are repeated */
  const walk = (node: unknown, path: Path): number => {
    if (!isNode(node)) return 0;
    mark(node, path);
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) return measureAlias(node.source, offset, path);
    if (node.anchor !== undefined) sizes.set(node.anchor, null);
    let size = 1;
    if (isScalar(node)) checkScalar(node.value, offset, path);
    if (isCollection(node)) {
      node.items.forEach((item, index) => {
        if (!isPair(item)) size += walk(item, [...path, index]);
        else {
          const key = isScalar(item.key) ? String(item.key.value) : '?';
          if (isScalar(item.key) && key === '<<') {
            const message = 'merge keys are not read: write the keys out';
            problems.push({ offset: item.key.range?.[0] ?? offset, path: [...path, key], message });
          }
          size += walk(item.key, path) + walk(item.value, [...path, key]);
        }
      });
    }
    if (node.anchor !== undefined) sizes.set(node.anchor, size);
    return size;
  };
  const checkScalar = (value: unknown, offset: number, path: Path) => {
    const forbidden = typeof value === 'string' ? findForbiddenCharacter(value) : null;
    if (forbidden !== null) problems.push({ offset, path, message: forbidden.message });
  };

  walk(document.contents, []);
  return [
    ...problems,
    ...marks.map(({ offset, source }) => ({ offset, path: [], message: describeMark(source) })),
  ].sort((a, b) => a.offset - b.offset);
}

function describeMark(source: string): string {
  return source.startsWith('%')
    ? `the directive \`${source}\` is not read: remove it`
    : `\`${source}\` is a YAML tag and would be dropped: quote what begins with an exclamation mark`;
}
