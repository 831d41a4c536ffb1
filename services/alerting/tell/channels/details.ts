import { type Alert } from '@leakwatch/contracts';
import { z } from 'zod';

/** Details that notices say only if the operator wants it. */
export const DetailSchema = z.enum(['campaign', 'creator', 'match']);
export type Detail = z.infer<typeof DetailSchema>;

export interface Details {
  readonly campaignId?: string;
  readonly creatorId?: string;
  /** The newest match: `term “…”`, or the name of an image, never the image itself. */
  readonly match?: string;
}

/** The requested details of an alert; no key for the others. */
export function detailsOf(alert: Alert, wanted: readonly Detail[]): Details {
  const evidence = alert.occurrences.at(-1)?.detection.evidence;
  return {
    ...(wanted.includes('campaign') ? { campaignId: alert.campaignId } : {}),
    ...(wanted.includes('creator') ? { creatorId: alert.creatorId } : {}),
    ...(wanted.includes('match') && evidence !== undefined
      ? { match: `${evidence.kind} “${printable(evidence.matched).slice(0, LONGEST_MATCH)}”` }
      : {}),
  };
}

/** Far below the limit of every channel. */
const LONGEST_MATCH = 200;

/** Creators' text may hold escape sequences that drive a terminal, or line breaks that fake a notice. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
