import { type Queryable } from '@leakwatch/store';

/** An account of a registered creator, and when it was last heard. */
export interface HeardAccount {
  readonly creatorId: string;
  readonly platform: string;
  readonly instance: string;
  /** The account's native id. */
  readonly accountId: string;
  readonly handle: string;
  /** The observation of its latest post, and the publication of that post. */
  readonly heardAt: Date;
  readonly publishedAt: Date;
}

/**
 * Notes when accounts were heard.
 *
 * @param heard - each account once; a later time in the table stays
 */
export async function noteHeardAccounts(db: Queryable, heard: readonly HeardAccount[]): Promise<void> {
  if (heard.length === 0) return;
  const column = <K extends keyof HeardAccount>(key: K) => heard.map((account) => account[key]);
  await db.query({
    name: 'note-heard-accounts',
    text: `INSERT INTO account_heard AS known
       (creator_id, platform, instance, account_id, handle, last_heard_at, last_published_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
     ORDER BY 1, 2, 3, 4
     ON CONFLICT (creator_id, platform, instance, account_id) DO UPDATE SET
       handle = excluded.handle,
       last_heard_at = greatest(known.last_heard_at, excluded.last_heard_at),
       last_published_at = greatest(known.last_published_at, excluded.last_published_at)`,
    values: [
      column('creatorId'),
      column('platform'),
      column('instance'),
      column('accountId'),
      column('handle'),
      column('heardAt'),
      column('publishedAt'),
    ],
  });
}
