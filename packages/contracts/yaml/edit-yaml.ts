import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

type Path = readonly (string | number)[];

/** A change of a file that a person wrote. */
export type YamlEdit =
  /** Adds items at the end of a list, which is made if it is missing. */
  | { readonly kind: 'append'; readonly path: Path; readonly items: readonly unknown[] }
  /** Sets the value of a key, which is added if it is missing. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown };

/** Text that takes the place of a file's characters from `from` to `to`. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Thrown where a file's own form is in the way of a change. */
export class YamlEditError extends Error {
  constructor(path: Path, why: string) {
    super(`${path.join('.')}: ${why}`);
    this.name = 'YamlEditError';
  }
}

/**
 * Changes a YAML or JSON file and leaves all else as its author wrote it: comments, order, quotes, empty lines. Where a form of YAML is
 * not known here, the whole file is written anew, with its comments.
 *
 * @param text - a file without mistakes
 * @throws YamlEditError if a changed place is an alias of another
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  const whole = parseDocument(text);
  for (const edit of edits) {
    refuseAliases(whole, edit.path);
    if (edit.kind === 'set') whole.setIn(edit.path, edit.value);
    else {
      const list = whole.getIn(edit.path);
      if (isSeq(list)) for (const item of edit.items) whole.addIn(edit.path, item);
      else whole.setIn(edit.path, edit.items);
    }
  }
  const before = parseDocument(text);
  const splices = edits.map((edit) => spliceOf(edit, before, text));
  if (splices.every((splice) => splice !== null)) {
    const edited = spliced(text, splices);
    const read = parseDocument(edited);
    if (read.errors.length === 0 && JSON.stringify(read.toJS()) === JSON.stringify(whole.toJS()))
      return edited;
  }
  return whole.toString({ lineWidth: 0 });
}

function spliced(text: string, splices: readonly Splice[]): string {
  // Those of one place follow each other as they were given.
  const ordered = splices.toSorted((a, b) => a.from - b.from);
  let result = '';
  let at = 0;
  for (const { from, to, text: inserted } of ordered) {
    if (from < at) return text;
    result += text.slice(at, from) + inserted;
    at = to;
  }
  return result + text.slice(at);
}

function refuseAliases(document: Document, path: Path): void {
  for (let length = 1; length <= path.length; length += 1) {
    if (isAlias(document.getIn(path.slice(0, length), true))) {
      throw new YamlEditError(
        path.slice(0, length),
        'an alias stands here: write it out, or change it by hand',
      );
    }
  }
}

/** Null for a form that only the whole file, written anew, can take. */
function spliceOf(edit: YamlEdit, document: Document, text: string): Splice | null {
  const style = {
    isJson: text.trimStart().startsWith('{'),
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    text,
  };
  const node = document.getIn(edit.path, true);
  if (edit.kind === 'append' && isSeq(node)) return appended(node, edit.items, style);
  const value = edit.kind === 'append' ? edit.items : edit.value;
  if (isScalar(node) && node.range && edit.kind === 'set') {
    return { from: node.range[0], to: node.range[1], text: flowText(value, style) };
  }
  if (node !== undefined && node !== null) return null;
  const map = edit.path.length === 1 ? document.contents : document.getIn(edit.path.slice(0, -1), true);
  return isMap(map) ? keyAdded(map, String(edit.path.at(-1)), value, style) : null;
}

interface Style {
  readonly isJson: boolean;
  readonly newline: string;
  readonly text: string;
}

function appended(list: YAMLSeq, items: readonly unknown[], style: Style): Splice | null {
  const first = list.items[0];
  if (list.flow || !isNode(first))
    return intoFlow(
      list,
      items.map((item) => flowText(item, style)),
      style,
    );
  const start = first.range?.[0];
  if (start === undefined) return null;
  const dash = style.text.lastIndexOf('-', start - 1);
  const indent = style.text.slice(style.text.lastIndexOf('\n', dash) + 1, dash);
  return indent.trim() === '' ? afterBlock(list, blockText(items), indent, style) : null;
}

function keyAdded(map: YAMLMap, key: string, value: unknown, style: Style): Splice | null {
  const name = style.isJson ? JSON.stringify(key) : key;
  const first = map.items[0]?.key;
  if (map.flow || !isNode(first)) return intoFlow(map, [`${name}: ${flowText(value, style)}`], style);
  const start = first.range?.[0];
  if (start === undefined) return null;
  const column = start - (style.text.lastIndexOf('\n', start) + 1);
  return afterBlock(map, blockText({ [key]: value }), ' '.repeat(column), style);
}

/** Behind the last item of `[…]` or `{…}`. */
function intoFlow(node: YAMLMap | YAMLSeq, entries: readonly string[], { text }: Style): Splice | null {
  const last = endOf(node.items.at(-1));
  if (last !== null) return { from: last, to: last, text: `, ${entries.join(', ')}` };
  if (!node.range) return null;
  const open = node.range[0] + 1;
  const isMapNode = text.charAt(node.range[0]) === '{';
  return { from: open, to: open, text: isMapNode ? ` ${entries.join(', ')} ` : entries.join(', ') };
}

/** On new lines below the last line of a block. */
function afterBlock(
  node: YAMLMap | YAMLSeq,
  added: string,
  indent: string,
  { text, newline }: Style,
): Splice | null {
  const end = endOf(node.items.at(-1));
  if (end === null) return null;
  const newlineAt = text.indexOf('\n', end);
  const lineEnd = newlineAt === -1 ? text.length : newlineAt;
  const at = text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
  const lines = added
    .trimEnd()
    .split('\n')
    .map((line) => newline + (line === '' ? '' : indent + line));
  return { from: at, to: at, text: lines.join('') };
}

/** The end of a node's last character; null for a form without one. */
function endOf(node: unknown): number | null {
  if (isPair(node)) return endOf(node.value) ?? endOf(node.key);
  if (isCollection(node) && !node.flow) return endOf(node.items.at(-1));
  // A block text ends with a line of its own.
  if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
    return node.range ? node.range[1] - 1 : null;
  }
  return isNode(node) && node.range ? node.range[1] : null;
}

function flowText(value: unknown, { isJson }: Style): string {
  if (isJson) return JSON.stringify(value);
  const document = new Document(value);
  if (isCollection(document.contents)) document.contents.flow = true;
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** Lists of small things stand in a line each, as in `- { platform: x, handle: ana }`. */
function blockText(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Map: (_, map) => {
      if (!map.items.some(({ value: part }) => isCollection(part)) && !map.has('id')) map.flow = true;
    },
  });
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString({ lineWidth: 0 });
}
