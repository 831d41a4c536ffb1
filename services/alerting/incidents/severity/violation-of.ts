import { type Violation } from '@leakwatch/contracts';
import { type CampaignCase } from '../../judge/cases.ts';
import { lacksDisclosure } from '../../judge/checks/check-embargo.ts';

/** The kind of violation that a detection looks like, until a person has judged it. */
export function violationOf({
  detection,
  campaign,
}: Pick<CampaignCase, 'detection' | 'campaign'>): Violation {
  if (lacksDisclosure({ detection, campaign })) return 'missing-disclosure';
  const { kind, itemId } = detection.evidence;
  if (kind === 'asset') return 'leaked-image';
  return campaign.termKinds.get(itemId) === 'price' ? 'undisclosed-price' : 'early-post';
}

/**
 * The kind of violation after one more detection. It stays, with two exceptions:
 * - a price gives way to any leak: a request to remove only the price would leave the rest in the post;
 * - a missing disclosure gives way to any leak. The two meet only if somebody merges their alerts.
 */
export function violationWith(before: Violation | null, another: Violation): Violation | null {
  const givesWay = before === 'undisclosed-price' || before === 'missing-disclosure';
  return givesWay && another !== 'missing-disclosure' ? another : before;
}
