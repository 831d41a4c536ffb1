import { createImageEngine } from '@leakwatch/image-matching';
import {
  megabytesForTerms,
  registerWatchList,
  type RegistrationWarning,
  type WatchListFile,
} from '@leakwatch/matching';
import { messageOf } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { ListCheckedSchema, ListValidatedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';
import { countWatchList, describeWatchList, importWatchList } from '../watch-list/import-watch-list.ts';
import { describeTrial, nameNear, outcomeOfTrial } from '../watch-list/describe-trial.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';
import { recallTrials, rememberTrials, type Trials } from '../watch-list/trial-memory.ts';
import { tryList } from '../watch-list/try-list.ts';

/** The terms from which on registering takes longer than a person expects. */
const MANY_TERMS = 20_000;

/** Checks a watch list without storing it, and tries its new assets. Rejects with every problem and its place. */
export async function validateWatchList(
  file: string,
  { tryFor }: { readonly tryFor: number },
  screen: Screen,
): Promise<void> {
  const watchListFile = await readWatchListFile(file);
  tellOfManyTerms(watchListFile, screen);
  const engine = await createImageEngine();
  try {
    const { campaigns, warnings } = await registerWatchList(file, watchListFile, engine);
    for (const { text } of warnings) screen.problem(text);
    const counts = countsOf(watchListFile, warnings);
    const known = await recallTrials();
    const { trials, untried, isNew } = await tryList(watchListFile, campaigns, engine, {
      known,
      forMs: tryFor * 1000,
    });
    if (isNew) await keep(known, screen);
    const shown = trials.map((trial) => ({ ...trial, near: nameNear(trial, campaigns) }));
    for (const trial of shown) screen.note(describeTrial(trial));
    if (untried > 0) {
      screen.note(
        `${untried} assets were not tried in ${tryFor} s: call it again to go on, or with a longer --try-for`,
      );
    }
    const line = `${file} is valid: ${describeWatchList(watchListFile.list)}`;
    const outcome = { file, version: null, ...counts, trials: shown.map(outcomeOfTrial), untried };
    screen.outcome(ListValidatedSchema, outcome, line);
  } finally {
    await engine.close();
  }
}

/** A cache that can't be written costs a later call time, and is no fault of the list. */
async function keep(trials: Trials, screen: Screen): Promise<void> {
  try {
    await rememberTrials(trials);
  } catch (error) {
    screen.note(`the trials are not kept for the next call: ${messageOf(error)}`);
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
