import { createImageEngine } from '@leakwatch/image-matching';
import { megabytesForTerms, registerWatchList, type WatchListFile } from '@leakwatch/matching';
import { openEnvironment } from '../environment.ts';
import { type Screen } from '../screen/screen.ts';
import { describeWatchList, importWatchList } from '../watch-list/import-watch-list.ts';
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
    screen.result(`${file} is valid: ${describeWatchList(watchListFile.list)}`);
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
    screen.result(`watch list version ${snapshot.version}: ${describeWatchList(snapshot)}`);
  } finally {
    await environment.stop();
    await engine.close();
  }
}

function tellOfManyTerms({ list }: WatchListFile, screen: Screen): void {
  const count = list.campaigns.reduce((sum, { terms }) => sum + terms.length, 0);
  if (count < MANY_TERMS) return;
  screen.note(
    `each matcher and rescan process needs about ${megabytesForTerms(count)} MB for ${count.toLocaleString('en')} terms`,
  );
  screen.note(`each of ${count.toLocaleString('en')} terms is tried on its own text; this may take a minute`);
}
