import { WatchListSchema, type WatchList } from './watchlist.ts';
import { describeProblem, type FileProblem } from './yaml/file-problem.ts';
import { parsePlainJson } from './yaml/parse-plain-json.ts';
import { YamlSource } from './yaml/yaml-source.ts';

/** A watch list that can't be used, with every problem. */
export class WatchListError extends Error {
  readonly file: string;
  readonly problems: readonly FileProblem[];

  constructor(file: string, problems: readonly FileProblem[]) {
    super(problems.map((problem) => describeProblem(file, problem)).join('\n'));
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
  const quick = WatchListSchema.safeParse(parsePlainJson(text));
  if (quick.success) return quick.data;
  const checked = new YamlSource(text).check(WatchListSchema);
  if (checked.ok) return checked.value;
  throw new WatchListError(file, checked.problems);
}
