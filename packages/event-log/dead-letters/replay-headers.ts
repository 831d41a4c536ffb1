import { type DeadLetter, HashIdSchema, InstantSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** Names the dead letter of a replayed record, its attempts and its first failure. */
const LETTER_HEADER = 'leakwatch-dead-letter';
/** Names the only stage that should take a replayed record. */
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

/** Reads the earlier failure from a replayed record; undefined for other records, and where the header is not ours. */
export function priorFailure(headers: Headers): PriorFailure | undefined {
  const [id, attempts, firstFailedAt] = headers[LETTER_HEADER]?.split(' ') ?? [];
  return PriorFailureSchema.safeParse({ id, attempts, firstFailedAt }).data;
}

/** Whether the record was replayed for another stage than this one. */
export function isForAnotherStage(headers: Headers, stage: string): boolean {
  const wanted = headers[STAGE_HEADER];
  return wanted !== undefined && wanted !== stage;
}

/** The headers of the original record. */
export function withoutReplayHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== LETTER_HEADER && name !== STAGE_HEADER),
  );
}
