import { SilenceMatcherSchema, type SilenceMatcher } from '@leakwatch/contracts';
import { type Database } from '@leakwatch/store';
import { z } from 'zod';
import { type Silence } from '../judge/queries/silence-row.ts';
import { AlertError } from './find-alert.ts';
import { addSilence } from './queries/add-silence.ts';

export interface SilenceRequest {
  readonly matcher: SilenceMatcher;
  /** Null: from now on. */
  readonly startsAt: Date | null;
  readonly endsAt: Date;
  readonly reason: string;
  readonly by: string;
}

const LONGEST_MS = 366 * 24 * 3_600_000;
const ReasonSchema = z.string().trim().min(1, 'a silence needs a reason').max(2000);

/**
 * Silences future alerts about a creator, campaign, item or tier for a time.
 *
 * @throws AlertError if it would end before it begins, or last longer than a year; ZodError if it names nothing or
 *   gives no reason
 */
export async function silence(
  store: Pick<Database, 'pool'>,
  request: SilenceRequest,
  clock: () => Date = () => new Date(),
): Promise<Silence> {
  const madeAt = clock();
  const startsAt = request.startsAt ?? madeAt;
  const lastsMs = request.endsAt.getTime() - startsAt.getTime();
  if (!(lastsMs > 0 && lastsMs <= LONGEST_MS)) {
    throw new AlertError(
      'bad-silence',
      'a silence ends after it begins and within a year: give another time',
    );
  }
  return addSilence(store.pool, {
    matcher: SilenceMatcherSchema.parse(request.matcher),
    startsAt,
    endsAt: request.endsAt,
    reason: ReasonSchema.parse(request.reason),
    madeBy: z.string().trim().min(1).parse(request.by),
    madeAt,
  });
}
