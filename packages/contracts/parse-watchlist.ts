import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { type z } from 'zod';
import { formatPath } from './errors.ts';
import { WatchListSchema, type WatchList } from './watchlist.ts';

/** One thing that is wrong with a watch list, and where. Lines and columns count from 1. */
export interface WatchListProblem {
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string;
  readonly message: string;
}

/** A watch list that can't be used: every problem at once. */
export class WatchListError extends Error {
  readonly file: string;
  readonly problems: readonly WatchListProblem[];

  constructor(file: string, problems: readonly WatchListProblem[]) {
    const lines = problems.map((problem) => {
      const place = problem.line === null ? file : `${file}:${problem.line}:${problem.column ?? 1}`;
      return `${place}: ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`;
    });
    super(lines.join('\n'));
    this.name = 'WatchListError';
    this.file = file;
    this.problems = problems;
  }
}

/**
 * Reads a watch list from YAML or JSON (which is YAML).
 *
 * @param text - the file's content
 * @param file - its name, for messages
 * @throws WatchListError naming line, column and path of every problem
 */
export function parseWatchList(text: string, file: string): WatchList {
  const quick = WatchListSchema.safeParse(parseJson(text));
  return quick.success ? quick.data : parseWithPositions(text, file);
}

/** JSON of a hundred thousand terms is read at once; the YAML reader, which knows positions, takes seconds for it. */
function parseJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    // Not JSON: the YAML reader says where and why.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseWithPositions(text: string, file: string): WatchList {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new WatchListError(
      file,
      document.errors.map((error) => {
        const { line, col } = lineCounter.linePos(error.pos[0]);
        return { line, column: col, path: '', message: error.message };
      }),
    );
  }
  const parsed = WatchListSchema.safeParse(toValue(document, file));
  if (parsed.success) return parsed.data;
  throw new WatchListError(
    file,
    parsed.error.issues.map((issue) => locate(document, lineCounter, issue)),
  );
}

/** Plain data of the document; a bomb of aliases is a problem of the file like any other. */
function toValue(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new WatchListError(file, [{ line: null, column: null, path: '', message }]);
  }
}

function locate(document: Document, lineCounter: LineCounter, issue: z.core.$ZodIssue): WatchListProblem {
  const offset = offsetOf(document.contents, issue.path);
  const position = offset === null ? null : lineCounter.linePos(offset);
  return {
    line: position?.line ?? null,
    column: position?.col ?? null,
    path: formatPath(issue.path),
    message: issue.message,
  };
}

/** Where the path's node begins, or its nearest ancestor that is in the file (a missing key has none). */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number | null {
  let node: unknown = root;
  let offset = isNode(root) ? (root.range?.[0] ?? null) : null;
  for (const key of path) {
    const child: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    if (!isNode(child)) break;
    node = child;
    offset = child.range?.[0] ?? offset;
  }
  return offset;
}
