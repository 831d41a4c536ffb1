import path from 'node:path';
import { createJsonlSource, createMockSource, type Source } from '@leakwatch/ingest';
import { createImageEngine } from '@leakwatch/image-matching';
import { type WatchListFile } from '@leakwatch/matching';
import { UsageError } from '@leakwatch/runtime';
import { type Environment } from './environment.ts';
import { type Screen } from './screen/screen.ts';
import { describeWatchList, importWatchList } from './watch-list/import-watch-list.ts';
import { mockWatchListFile } from './watch-list/mock-watch-list.ts';
import { readWatchListFile } from './watch-list/read-watch-list-file.ts';

/** Options that choose a process's source of posts. */
export interface SourceOptions {
  readonly source: 'none' | 'mock' | 'jsonl';
  readonly watchlist?: string;
  readonly posts?: string;
  readonly media?: string;
  readonly rate?: number;
  readonly seed?: number;
  readonly count?: number;
}

export interface ChosenSource {
  readonly source: Source | null;
  /** Imported first. */
  readonly watchList: { name: string; file: WatchListFile } | null;
}

/** Options that one kind of source understands. */
const OPTIONS_OF = { jsonl: ['posts', 'media'], mock: ['rate', 'seed', 'count'] } as const;

/** @throws UsageError if an option is missing, or belongs to another source; WatchListError */
export async function chooseSource(options: SourceOptions): Promise<ChosenSource> {
  for (const kind of ['jsonl', 'mock'] as const) {
    const strange = OPTIONS_OF[kind].find((name) => options[name] !== undefined);
    if (strange !== undefined && options.source !== kind)
      throw new UsageError(`--${strange} is for --source ${kind}, and the source here is ${options.source}`);
  }
  const given =
    options.watchlist === undefined
      ? null
      : { name: options.watchlist, file: await readWatchListFile(options.watchlist) };
  switch (options.source) {
    case 'none':
      return { source: null, watchList: given };
    case 'jsonl':
      if (options.posts === undefined)
        throw new UsageError('--source jsonl needs --posts FILE (or - for standard input)');
      return {
        source: createJsonlSource({
          file: options.posts,
          mediaDir: options.media ?? (options.posts === '-' ? '.' : path.dirname(options.posts)),
        }),
        watchList: given,
      };
    case 'mock': {
      const source = createMockSource({
        seed: options.seed ?? 1,
        ratePerSecond: options.rate ?? 20,
        ...(options.count === undefined ? {} : { count: options.count }),
      });
      // The mock's leaks belong to its own campaigns.
      return { source, watchList: given ?? { name: 'mock', file: await mockWatchListFile(source) } };
    }
  }
}

/** Imports the watch list of the chosen source. */
export async function takeWatchList(
  environment: Environment,
  { name, file }: { name: string; file: WatchListFile },
  screen: Pick<Screen, 'note' | 'problem'>,
): Promise<void> {
  const engine = await createImageEngine();
  try {
    const { snapshot, warnings } = await importWatchList(environment.store, engine, name, file);
    for (const { text } of warnings) screen.problem(text);
    screen.note(`watch list version ${snapshot.version}: ${describeWatchList(snapshot)}`);
  } finally {
    await engine.close();
  }
}
