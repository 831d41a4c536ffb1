import { PostSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const CountSchema = z.object({ waiting: z.int(), reviewedToday: z.int() });

/** How many posts wait for this person, and how many this person has judged within a day. */
export async function countReview(db: Queryable, by: string, at: Date): Promise<z.infer<typeof CountSchema>> {
  const answer = await db.query(
    `SELECT count(*) FILTER (WHERE verdict IS NULL AND erased_at IS NULL AND NOT ($1 = ANY (unsure_by)))::integer AS waiting,
       count(*) FILTER (WHERE reviewed_by = $1 AND reviewed_at > $2::timestamptz - interval '1 day')::integer AS "reviewedToday"
     FROM review_sample`,
    [by, at],
  );
  return parseRows(answer, CountSchema)[0] ?? { waiting: 0, reviewedToday: 0 };
}

interface Handed {
  readonly id: string;
  /** The reviewer to whom the post was handed last. */
  readonly by: string;
}

/** Whether a post is in this reviewer's hands, who may have judged it already. Until the transaction ends nobody else gets it. */
export async function lockIfHanded(tx: Queryable, { id, by }: Handed): Promise<boolean> {
  const answer = await tx.query(
    'SELECT FROM review_sample WHERE thread_id = $1 AND claimed_by = $2 FOR UPDATE',
    [id, by],
  );
  return answer.rowCount === 1;
}

/** Gives a post back to the queue for other reviewers; this one does not get it again. False if it is judged or in other hands. */
export async function putBack(db: Queryable, { id, by }: Handed): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE review_sample SET claimed_by = NULL, claimed_at = NULL, unsure_by = array_append(unsure_by, $2)
     WHERE thread_id = $1 AND claimed_by = $2 AND verdict IS NULL`,
    [id, by],
  );
  return rowCount === 1;
}

/** The stored bytes of a picture of a post that this reviewer was handed, by hash; null if there are none. */
export async function loadSampledMedia(
  db: Queryable,
  { id, by }: Handed,
  index: number,
): Promise<string | null> {
  const answer = await db.query('SELECT post FROM review_sample WHERE thread_id = $1 AND claimed_by = $2', [
    id,
    by,
  ]);
  const [row] = parseRows(answer, z.object({ post: PostSchema }));
  return row?.post.media.find((one) => one.index === index)?.claim?.sha256 ?? null;
}
