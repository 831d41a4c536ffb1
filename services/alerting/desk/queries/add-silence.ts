import { type SilenceMatcher } from '@leakwatch/contracts';
import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { SILENCE_COLUMNS, SilenceSchema, type Silence } from '../../judge/queries/silence-row.ts';

export interface NewSilence {
  readonly matcher: SilenceMatcher;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export async function addSilence(db: Queryable, { matcher, ...silence }: NewSilence): Promise<Silence> {
  const answer = await db.query(
    `INSERT INTO silence (creator_id, campaign_id, item_id, tier, starts_at, ends_at, reason, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${SILENCE_COLUMNS}`,
    [
      matcher.creatorId ?? null,
      matcher.campaignId ?? null,
      matcher.itemId ?? null,
      matcher.tier ?? null,
      silence.startsAt,
      silence.endsAt,
      silence.reason,
      silence.madeBy,
      silence.madeAt,
    ],
  );
  const [added] = parseRows(answer, SilenceSchema);
  if (added === undefined) throw new StoreError('unexpected-row', 'the silence just made is not there');
  return added;
}
