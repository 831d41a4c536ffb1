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

/** @param creatorIds - those of these creators only; by default all */
export async function listHeardAccounts(
  db: Queryable,
  creatorIds?: readonly string[],
): Promise<HeardAccount[]> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", platform, instance, account_id AS "accountId", handle,
       last_heard_at AS "heardAt", last_published_at AS "publishedAt"
     FROM account_heard WHERE $1::text[] IS NULL OR creator_id = ANY ($1)
     ORDER BY creator_id, platform, instance, account_id`,
    [creatorIds ?? null],
  );
  return parseRows(answer, HeardAccountSchema);
}

/** The platforms from which any post was heard. It goes from platform to platform in the index, and reads no account twice. */
export async function listHeardPlatforms(db: Queryable): Promise<string[]> {
  const answer = await db.query(
    `WITH RECURSIVE heard AS (
       (SELECT platform FROM account_heard ORDER BY platform LIMIT 1)
       UNION ALL
       SELECT (SELECT a.platform FROM account_heard a WHERE a.platform > heard.platform ORDER BY a.platform LIMIT 1)
       FROM heard WHERE heard.platform IS NOT NULL
     )
     SELECT platform FROM heard WHERE platform IS NOT NULL`,
  );
  return parseRows(answer, z.object({ platform: z.string() })).map(({ platform }) => platform);
}
