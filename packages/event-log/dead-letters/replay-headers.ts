import { type DeadLetter, HashIdSchema, InstantSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** On a replayed record: which dead letter it was, and what has been tried so far. */
const LETTER_HEADER = 'leakwatch-dead-letter';
/** On a replayed record: the only stage that is to take it. */
const STAGE_HEADER = 'leakwatch-replay-stage';

const PriorFailureSchema = z.object({
  id: HashIdSchema,
  attempts: z.coerce.number().int().min(1),
  firstFailedAt: InstantSchema,
});
export type PriorFailure = z.infer<typeof PriorFailureSchema>;

type Headers = Readonly<Record<string, string>>;

export function replayHeaders({ id, attempts, firstFailedAt, stage }: DeadLetter): Headers {
  return { [LETTER_HEADER]: `${id} ${attempts} ${firstFailedAt}`, [STAGE_HEADER]: stage };
}

/** What a replayed record brings along; undefined for a record that is no replay, or whose header is not one of ours. */
export function priorFailure(headers: Headers): PriorFailure | undefined {
  const [id, attempts, firstFailedAt] = headers[LETTER_HEADER]?.split(' ') ?? [];
  return PriorFailureSchema.safeParse({ id, attempts, firstFailedAt }).data;
}

/** Whether the record was replayed for a stage, and for another than this one. */
export function isForAnotherStage(headers: Headers, stage: string): boolean {
  const wanted = headers[STAGE_HEADER];
  return wanted !== undefined && wanted !== stage;
}

/** The headers that the record was born with. */
export function withoutReplayHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== LETTER_HEADER && name !== STAGE_HEADER),
  );
}
