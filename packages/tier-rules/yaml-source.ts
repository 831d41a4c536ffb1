import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** Counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlProblem {
  readonly place: Place | null;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** A YAML document that remembers where everything stood. */
export class YamlSource {
  readonly problems: readonly YamlProblem[];
  /** Plain data; undefined where there are problems. */
  readonly value: unknown;
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #contents: unknown;

  constructor(text: string) {
    this.#text = text;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.#contents = document.contents;
    // A warning is an unknown tag: `when: !embargo.lifted` says that to YAML, and would leave the condition empty.
    const problems: YamlProblem[] = [
      ...document.errors.map(({ pos, message }) => ({ place: this.#placeAt(pos[0]), message })),
      ...document.warnings.map(({ pos, message }) => ({
        place: this.#placeAt(pos[0]),
        message: `${message}: quote what begins with an exclamation mark`,
      })),
    ];
    if (problems.length === 0) {
      try {
        this.value = document.toJS({ maxAliasCount: 100 });
      } catch (error) {
        // A bomb of aliases is a problem of the file like any other.
        problems.push({ place: null, message: error instanceof Error ? error.message : String(error) });
      }
    }
    this.problems = problems;
  }

  /** Where the node of the path begins, or its nearest ancestor that is in the file (a missing key has none). */
  placeOf(path: Path): Place | null {
    const offset = offsetOf(this.#contents, path);
    return offset === null ? null : this.#placeAt(offset);
  }

  /** Where the character at `index` of a scalar's value stands, however the scalar is quoted or folded. */
  placeWithin(path: Path, index: number): Place | null {
    const node = nodeAt(this.#contents, path);
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return this.placeOf(path);
    let at = node.range[0];
    if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') at = this.#text.indexOf('\n', at) + 1;
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') at += 1;
    // The value's characters stand in the source in their order, with indentation and escapes between them.
    for (let i = 0; i < node.value.length; i += 1) {
      const character = node.value.charAt(i);
      if (character.trim() === '') continue;
      const found = this.#text.indexOf(character, at);
      if (found < 0 || found >= node.range[1]) break;
      at = found;
      if (i >= index) break;
      at += 1;
    }
    return this.#placeAt(at);
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

function nodeAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, key) => (isMap(node) || isSeq(node) ? node.get(key, true) : undefined),
    root,
  );
}

function offsetOf(root: unknown, path: Path): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(root, path.slice(0, length));
    if (isNode(node) && node.range) return node.range[0];
  }
  return null;
}
