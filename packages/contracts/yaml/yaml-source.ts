import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { type z } from 'zod';
import { findNodeProblems } from './check-nodes.ts';
import { type FileProblem, type Place } from './file-problem.ts';
import { findForbiddenCharacters } from './forbidden-characters.ts';
import { scanLexemes } from './scan-lexemes.ts';

type Path = readonly PropertyKey[];

export type CheckedYaml<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * A YAML or JSON file that a person wrote, with the place of everything in it. The one reader of watch lists, rules, routes and
 * playbooks. YAML's surprises are problems here: tags, merge keys, duplicate keys, bombs of aliases, bytes that are not UTF-8.
 */
export class YamlSource {
  readonly problems: readonly FileProblem[];
  /** Plain data; undefined if there are problems. */
  readonly value: unknown;
  readonly #text: string;
  readonly #lines = new LineCounter();
  #contents: unknown;

  /** @param text - the file, decoded as UTF-8; bytes that are not UTF-8 have become U+FFFD, which is a problem */
  constructor(text: string) {
    this.#text = text;
    const read = this.#read(text);
    this.problems = read.problems;
    this.value = read.value;
  }

  /** Checks the data against a schema. Returns each problem with its place. */
  check<T>(schema: z.ZodType<T>): CheckedYaml<T> {
    if (this.problems.length > 0) return { ok: false, problems: this.problems };
    const parsed = schema.safeParse(this.value);
    if (parsed.success) return { ok: true, value: parsed.data };
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => ({
        place: this.placeOf(path),
        path,
        message,
      })),
    };
  }

  /** The start of the path's node, or of its nearest ancestor in the file (a missing key has none). */
  placeOf(path: Path): Place | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = nodeAt(this.#contents, path.slice(0, length));
      if (isNode(node) && node.range) return this.#placeAt(node.range[0]);
    }
    return null;
  }

  /** The place of the character at `index` of a scalar's value, however the scalar is quoted or folded. */
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

  #read(text: string): { problems: FileProblem[]; value?: unknown } {
    const forbidden = findForbiddenCharacters(text);
    if (forbidden.length > 0) {
      this.#countLines(text);
      return { problems: forbidden.map(({ index, message }) => this.#problemAt(index, [], message)) };
    }
    const { marks, tooDeepAt } = scanLexemes(text);
    if (tooDeepAt !== null) {
      this.#countLines(text);
      return { problems: [this.#problemAt(tooDeepAt, [], 'nested too deep')] };
    }
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.#contents = document.contents;
    const unread = document.errors.map(({ pos, code, message }) =>
      this.#problemAt(pos[0], [], code === 'MULTIPLE_DOCS' ? 'a second document begins here' : message),
    );
    if (unread.length > 0) return { problems: unread };
    const unwanted = findNodeProblems(document, marks);
    if (unwanted.length > 0) {
      return {
        problems: unwanted.map(({ offset, path, message }) => this.#problemAt(offset, path, message)),
      };
    }
    // Our own bound on aliases has been kept.
    return { problems: [], value: document.toJS({ maxAliasCount: -1 }) };
  }

  /** Counts lines as the parser does, for a text that the parser does not see. */
  #countLines(text: string): void {
    this.#lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      this.#lines.addNewLine(at + 1);
  }

  #problemAt(offset: number, path: Path, message: string): FileProblem {
    return { place: this.#placeAt(offset), path, message };
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
