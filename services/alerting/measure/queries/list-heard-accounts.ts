import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { type HeardAccount } from './note-heard-accounts.ts';

const HeardAccountSchema = z.object({
  creatorId: z.string(),
  platform: z.string(),
  instance: z.string(),
  accountId: z.string(),
  handle: z.string(),
  heardAt: z.date(),
  publishedAt: z.date(),
}) satisfies z.ZodType<HeardAccount>;

export async function listHeardAccounts(db: Queryable): Promise<HeardAccount[]> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", platform, instance, account_id AS "accountId", handle,
       last_heard_at AS "heardAt", last_published_at AS "publishedAt"
     FROM account_heard ORDER BY creator_id, platform, instance, account_id`,
  );
  return parseRows(answer, HeardAccountSchema);
}
