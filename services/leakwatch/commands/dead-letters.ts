import { listDeadLetters, replayDeadLetter, type DeadLetterEntry } from '@leakwatch/event-log';
import { createIngest, loadIngestConfig, openMediaFile, type IngestConfig } from '@leakwatch/ingest';
import { createMetrics, messageOf, readSettings, silentLogger, UsageError } from '@leakwatch/runtime';
import { loadBlob } from '@leakwatch/store';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { ReplayedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { typedHere } from '../typed.ts';

const SHORT_ID = 8;
const SHORTEST_PREFIX = 6;

/** Shows the records that could not be processed, oldest first. */
export async function listLetters(
  options: { dataDir: string; all: boolean; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    tellDataPlace(environment, screen);
    const letters = await listDeadLetters(environment.log, environment.store.pool);
    const shown = options.all ? letters : letters.filter((letter) => letter.state === 'open');
    if (options.json) {
      for (const letter of shown) screen.json({ ...letter, offset: String(letter.offset) });
      return;
    }
    if (shown.length === 0) {
      screen.note(options.all ? 'no dead letters' : 'no open dead letters');
      return;
    }
    screen.result(
      formatTable(
        ['id', 'stage', 'where', 'reason', 'error', 'attempts', 'first failed', 'state'],
        shown.map((letter) => [
          letter.id.slice(0, SHORT_ID),
          letter.stage,
          placeOf(letter),
          letter.error.reason,
          printable(letter.error.message, 70),
          String(letter.attempts),
          letter.firstFailedAt,
          letter.state,
        ]),
      ),
    );
    screen.note(`\n${shown.length} shown · to process one again: ${typedHere('dead-letters replay ID')}`);
  } finally {
    await environment.stop();
  }
}

function placeOf({ origin }: DeadLetterEntry): string {
  return origin.kind === 'source' ? origin.place : `${origin.topic}/${origin.partition}@${origin.offset}`;
}

/** Processes dead letters again. If one fails, its error is printed, the others go on, and the call rejects at the end. */
export async function replayLetters(
  ids: readonly string[],
  options: { dataDir: string; all: boolean; media?: string },
  screen: Screen,
): Promise<void> {
  if (ids.length === 0 && !options.all) throw new UsageError('name the letters to replay, or give --all');
  const settings = readSettings(
    { environment: loadEnvironmentConfig, ingest: loadIngestConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    const letters = await listDeadLetters(environment.log, environment.store.pool);
    const wanted = options.all
      ? letters.filter((letter) => letter.state === 'open').map((letter) => letter.id)
      : ids.map((prefix) => resolvePrefix(prefix, letters));
    const failed = await replayEach(environment, settings.ingest, wanted, options.media, screen);
    screen.note(`${wanted.length - failed} of ${wanted.length} replayed`);
    if (failed > 0) throw new UsageError(`${failed} could not be replayed`);
  } finally {
    await environment.stop();
  }
}

function resolvePrefix(prefix: string, letters: readonly DeadLetterEntry[]): string {
  if (prefix.length < SHORTEST_PREFIX) {
    throw new UsageError(`\`${prefix}\` is too short: give at least ${SHORTEST_PREFIX} digits of the id`);
  }
  const matches = letters.filter((letter) => letter.id.startsWith(prefix));
  const [only] = matches;
  if (only === undefined) throw new UsageError(`no dead letter \`${prefix}\``);
  if (matches.length > 1)
    throw new UsageError(`\`${prefix}\` matches ${matches.length} dead letters: give more digits`);
  return only.id;
}

async function replayEach(
  { store, log }: Environment,
  config: IngestConfig,
  ids: readonly string[],
  media: string | undefined,
  screen: Screen,
): Promise<number> {
  const ingest = createIngest({
    store,
    log,
    metrics: createMetrics({ processMetrics: false }),
    logger: silentLogger(),
    config,
    clock: () => new Date(),
  });
  await ingest.start();
  let failed = 0;
  const bar = screen.progress({ total: ids.length, unit: 'letters' });
  try {
    for (const [index, id] of ids.entries()) {
      try {
        await replayDeadLetter(log, store.pool, id, {
          loadPayload: async (sha256) => (await loadBlob(store.pool, sha256))?.bytes ?? null,
          takeAgain: (letter, payload) =>
            ingest.replay(
              letter,
              payload,
              media === undefined ? undefined : (file) => openMediaFile(media, file),
            ),
        });
        screen.outcome(ReplayedSchema, { id, replayed: true, problem: null }, null);
      } catch (error) {
        failed += 1;
        screen.outcome(ReplayedSchema, { id, replayed: false, problem: messageOf(error) }, null);
        screen.problem(`${id.slice(0, SHORT_ID)}: ${messageOf(error)}`);
      }
      bar.update(index + 1);
    }
  } finally {
    bar.stop();
    await ingest.stop();
  }
  return failed;
}
