import { type Post, type SamplingStratum, type Tier } from '@leakwatch/contracts';
import { SecretLines, secretPost, type Queryable } from '@leakwatch/store';

export interface NewReviewSample {
  readonly threadId: string;
  readonly tier: Tier;
  readonly strata: readonly SamplingStratum[];
  readonly probability: number;
  /** Its place in the queue: the lowest first. */
  readonly queueRank: number;
  readonly sampledAt: Date;
  readonly post: Post;
}

/**
 * Adds drawn posts. A post drawn before keeps the probability of that draw; until it is reviewed, a later revision
 * replaces the earlier one.
 *
 * @param samples - each thread once
 */
export async function addReviewSamples(db: Queryable, samples: readonly NewReviewSample[]): Promise<void> {
  if (samples.length === 0) return;
  await db.query(
    `INSERT INTO review_sample AS known (thread_id, creator_id, tier, strata, probability, queue_rank, revision,
       published_at, sampled_at, post)
     SELECT thread_id, creator_id, tier, string_to_array(strata, ' '), probability, queue_rank, revision, published_at,
       sampled_at, post::json
     FROM ROWS FROM (unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::float8[], $6::bigint[], $7::bigint[],
       $8::timestamptz[], $9::timestamptz[]), string_to_table($10, E'\\n'))
       AS drawn (thread_id, creator_id, tier, strata, probability, queue_rank, revision, published_at, sampled_at, post)
     ORDER BY thread_id
     ON CONFLICT (thread_id) DO UPDATE SET revision = excluded.revision, post = excluded.post
       WHERE known.verdict IS NULL AND known.erased_at IS NULL AND known.revision < excluded.revision`,
    [
      samples.map(({ threadId }) => threadId),
      samples.map(({ post }) => post.creatorId),
      samples.map(({ tier }) => tier),
      samples.map(({ strata }) => strata.join(' ')),
      samples.map(({ probability }) => probability),
      samples.map(({ queueRank }) => queueRank),
      samples.map(({ post }) => post.revision),
      samples.map(({ post }) => post.publishedAt),
      samples.map(({ sampledAt }) => sampledAt),
      new SecretLines(samples.map(({ post }) => secretPost(post))),
    ],
  );
}

/** Replaces drawn posts that are not reviewed yet by later revisions. */
export async function renewReviewSamples(db: Queryable, posts: ReadonlyMap<string, Post>): Promise<void> {
  if (posts.size === 0) return;
  const revisions = [...posts.values()];
  await db.query(
    `UPDATE review_sample SET revision = edited.revision, post = edited.post
     FROM unnest($1::text[], $2::bigint[], $3::json[]) AS edited (thread_id, revision, post)
     WHERE review_sample.thread_id = edited.thread_id AND verdict IS NULL AND erased_at IS NULL AND review_sample.revision < edited.revision`,
    [[...posts.keys()], revisions.map(({ revision }) => revision), revisions.map(secretPost)],
  );
}
