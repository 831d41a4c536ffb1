import { TipStateSchema, SenderClassSchema, ReviewVerdictSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** A leak that somebody reported. */
export const TipSchema = z.object({
  id: z.string(),
  sender: z.string(),
  senderClass: SenderClassSchema,
  links: z.array(z.string()),
  platform: z.string().nullable(),
  instance: z.string().nullable(),
  nativeId: z.string().nullable(),
  campaignId: z.string().nullable(),
  seen: z.string(),
  contact: z.string().nullable(),
  state: TipStateSchema,
  /** Whether ingest has heard the post; null: unknown so far. */
  postKnown: z.boolean().nullable(),
  /** The alert that has its post; also null if that alert was deleted. */
  alertId: z.string().nullable(),
  verdict: ReviewVerdictSchema.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  reason: z.string().nullable(),
  receivedAt: z.date(),
});
export type Tip = z.infer<typeof TipSchema>;

export const TIP_COLUMNS = `id, sender, sender_class AS "senderClass", links, platform, instance,
  native_id AS "nativeId", campaign_id AS "campaignId", seen, contact, state, post_known AS "postKnown",
  alert_id AS "alertId", verdict, decided_by AS "decidedBy", decided_at AS "decidedAt", reason, received_at AS "receivedAt"`;
