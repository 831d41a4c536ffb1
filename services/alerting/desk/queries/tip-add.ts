import { type TipRequest, type SenderClass } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface NewTip extends TipRequest {
  readonly id: string;
  readonly sender: string;
  readonly senderClass: SenderClass;
  readonly bodySha256: string;
}

/** `conflict`: the id already has another tip. */
export type TipAddition = 'added' | 'repeated' | 'conflict';

export async function addTip(db: Queryable, tip: NewTip): Promise<TipAddition> {
  const added = await db.query(
    `INSERT INTO tip (id, sender, sender_class, body_sha256, links, platform, instance, native_id, campaign_id,
       seen, contact)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
    [
      tip.id,
      tip.sender,
      tip.senderClass,
      tip.bodySha256,
      tip.links,
      tip.post?.platform ?? null,
      tip.post?.instance ?? null,
      tip.post?.id ?? null,
      tip.campaignId ?? null,
      tip.seen,
      tip.contact ?? null,
    ],
  );
  if (added.rowCount === 1) return 'added';
  const earlier = await db.query('SELECT body_sha256 AS "bodySha256" FROM tip WHERE id = $1', [tip.id]);
  const [known] = parseRows(earlier, z.object({ bodySha256: z.string() }));
  return known?.bodySha256 === tip.bodySha256 ? 'repeated' : 'conflict';
}
