import { createImageEngine } from '@leakwatch/image-matching';
import {
  megabytesForTerms,
  registerWatchList,
  type RegistrationWarning,
  type WatchListFile,
} from '@leakwatch/matching';
import { openEnvironment } from '../environment.ts';
import { ListCheckedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';
import { countWatchList, describeWatchList, importWatchList } from '../watch-list/import-watch-list.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';

/** The terms from which on registering takes longer than a person expects. */
const MANY_TERMS = 20_000;

/** Checks a watch list without storing it. Rejects with every problem and its place. */
export async function validateWatchList(file: string, screen: Screen): Promise<void> {
  const watchListFile = await readWatchListFile(file);
  tellOfManyTerms(watchListFile, screen);
  const engine = await createImageEngine();
  try {
    const { warnings } = await registerWatchList(file, watchListFile, engine);
    for (const { text } of warnings) screen.problem(text);
    const counts = countsOf(watchListFile, warnings);
    const line = `${file} is valid: ${describeWatchList(watchListFile.list)}`;
    screen.outcome(ListCheckedSchema, { file, version: null, ...counts }, line);
  } finally {
    await engine.close();
  }
}

/** Makes a watch list the current one. */
export async function importWatchListFile(
  file: string,
  options: { dataDir: string; by: string },
  screen: Screen,
): Promise<void> {
  const watchListFile = await readWatchListFile(file);
  tellOfManyTerms(watchListFile, screen);
  const engine = await createImageEngine();
  const environment = await openEnvironment({ dataDir: options.dataDir, creates: true });
  try {
    const { snapshot, warnings } = await importWatchList(environment.store, engine, file, watchListFile, {
      by: options.by,
    });
    for (const { text } of warnings) screen.problem(text);
    const { version } = snapshot;
    const line = `watch list version ${version}: ${describeWatchList(snapshot)}`;
    screen.outcome(ListCheckedSchema, { file, version, ...countsOf(watchListFile, warnings) }, line);
  } finally {
    await environment.stop();
    await engine.close();
  }
}

function countsOf({ list }: WatchListFile, warnings: readonly RegistrationWarning[]) {
  return {
    ...countWatchList(list),
    warnings: warnings.map(({ campaignId, text }) => ({ campaignId, text })),
  };
}

function tellOfManyTerms({ list }: WatchListFile, screen: Screen): void {
  const { terms: count } = countWatchList(list);
  if (count < MANY_TERMS) return;
  screen.note(
    `each matcher and rescan process needs about ${megabytesForTerms(count)} MB for ${count.toLocaleString('en')} terms`,
  );
  screen.note(`each of ${count.toLocaleString('en')} terms is tried on its own text; this may take a minute`);
}
