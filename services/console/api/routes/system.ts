import { listSilences } from '@leakwatch/alerting/judge';
import { listDeadLetters } from '@leakwatch/event-log';
import { listRescanJobs, loadSchedule, nextTime } from '@leakwatch/rescan';
import { type FastifyInstance } from 'fastify';
import { HIDDEN } from '../incidents/hide-spans.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { DeadLettersSchema, RescansSchema, SilencesSchema, SystemSchema } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const JOBS_SHOWN = 100;
const LETTERS_SHOWN = 200;

/** The machinery: re-scans, dead letters, silences, and whether everything works. */
export function addSystem(server: FastifyInstance, context: ConsoleContext): void {
  const { store, log, guard, clock } = context;
  const api = typed(server);

  api.get('/v1/rescans', { schema: { response: answers(RescansSchema) } }, async (request) => {
    // A job names what it looks for, of any campaign.
    if (guard.viewerOf(request).campaigns !== null) throw new ProblemError('forbidden');
    const [jobs, schedule] = await Promise.all([
      listRescanJobs(store.pool, { limit: JOBS_SHOWN }),
      loadSchedule(store.pool),
    ]);
    return {
      schedule: schedule && { ...schedule, nextAt: nextTime(schedule, clock()).toISOString() },
      items: jobs.map(({ id, state, cause, requestedBy, createdAt, finishedAt, progress }) => ({
        id,
        state,
        cause,
        requestedBy,
        requestedAt: createdAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        scanned: progress.done,
        total: progress.total,
        found: progress.findings.new,
      })),
    };
  });

  api.get('/v1/dead-letters', { schema: { response: answers(DeadLettersSchema) } }, async (request) => {
    guard.require(request, 'work');
    const letters = (await listDeadLetters(log, store.pool)).filter(({ state }) => state === 'open');
    return {
      total: letters.length,
      items: letters
        .slice(-LETTERS_SHOWN)
        .map(({ id, stage, origin, error, attempts, firstFailedAt, lastFailedAt }) => ({
          id,
          stage,
          reason: error.reason,
          message: error.message,
          attempts,
          place:
            origin.kind === 'source'
              ? `${origin.source} ${origin.place}`
              : `${origin.topic}/${origin.partition}@${origin.offset}`,
          firstFailedAt,
          lastFailedAt,
        })),
    };
  });

  api.get('/v1/silences', { schema: { response: answers(SilencesSchema) } }, async (request) => {
    const { database, presentation } = scopeOf(context, request);
    const silences = await listSilences(database.pool, presentation.at);
    return {
      items: silences.map((one) => ({
        ...one,
        itemId: presentation.redacted && one.itemId !== null ? HIDDEN : one.itemId,
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
      })),
    };
  });

  api.get('/v1/system', { schema: { response: answers(SystemSchema) } }, () => context.status());
}
