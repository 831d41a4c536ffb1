import { hashId } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

/** Who or what is erased. */
export type ErasureTarget =
  | { readonly kind: 'creator'; readonly creatorId: string }
  | { readonly kind: 'post'; readonly threadId: string };

export interface ErasureRequest {
  readonly target: ErasureTarget;
  readonly by: string;
  readonly reason: string;
}

/** A creator in the table of erasures, which names nobody. */
export function creatorSubject(creatorId: string): string {
  return hashId('erased-creator', creatorId);
}

function subjectOf(target: ErasureTarget): string {
  return target.kind === 'creator' ? creatorSubject(target.creatorId) : target.threadId;
}

const BegunSchema = z.object({ id: z.string(), begunAt: z.date() });

/** Notes an erasure before anything is erased: from now on, nothing that was observed before is recorded. */
export async function beginErasure(
  tx: Queryable,
  { target, by, reason }: ErasureRequest,
): Promise<z.infer<typeof BegunSchema>> {
  const answer = await tx.query(
    `INSERT INTO erasure (kind, subject, last_episode, made_by, reason)
     SELECT $1, $2, coalesce((SELECT max(episode) FROM alert WHERE creator_id = $3), 0), $4, $5
     RETURNING id::text AS id, begun_at AS "begunAt"`,
    [target.kind, subjectOf(target), target.kind === 'creator' ? target.creatorId : null, by, reason],
  );
  const [begun] = parseRows(answer, BegunSchema);
  if (begun === undefined) throw new Error('the erasure was not noted');
  return begun;
}

export async function finishErasure(db: Queryable, id: string): Promise<void> {
  await db.query('UPDATE erasure SET finished_at = clock_timestamp() WHERE id = $1', [id]);
}

/** A post, as records refer to it. */
interface ObservedPost {
  readonly threadId: string;
  readonly creatorId: string;
  readonly observedAt: string;
}

const ErasedSchema = z.object({ subject: z.string(), begunAt: z.date() });

/** Tells which of these posts were erased after they had been observed: records of them may still be under way. */
export async function findErased(
  db: Queryable,
  posts: readonly ObservedPost[],
): Promise<(post: ObservedPost) => boolean> {
  const subjects = (post: ObservedPost) => [post.threadId, creatorSubject(post.creatorId)];
  const answer = await db.query({
    name: 'find-erased',
    text: `SELECT subject, max(begun_at) AS "begunAt" FROM erasure WHERE subject = ANY ($1) GROUP BY subject`,
    values: [[...new Set(posts.flatMap(subjects))]],
  });
  const begun = new Map(parseRows(answer, ErasedSchema).map(({ subject, begunAt }) => [subject, begunAt]));
  if (begun.size === 0) return () => false;
  return (post) =>
    subjects(post).some((subject) => {
      const at = begun.get(subject);
      return at !== undefined && Date.parse(post.observedAt) <= at.getTime();
    });
}
