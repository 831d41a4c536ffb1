import { type Alert } from '@leakwatch/contracts';
import { z } from 'zod';

/** What notices say beside what everybody may see, where the operator wants it. */
export const DetailSchema = z.enum(['campaign', 'creator', 'match']);
export type Detail = z.infer<typeof DetailSchema>;

export interface Details {
  readonly campaignId?: string;
  readonly creatorId?: string;
  /** What the newest occurrence met: `term “…”`, or the name of an image, which itself is in no notice. */
  readonly match?: string;
}

/** Those of an alert that are asked for, and no key of another. */
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

/** No channel's limits are near. */
const LONGEST_MATCH = 200;

/** What creators write may hold escape sequences that would drive a terminal, or line ends that would fake a notice. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
