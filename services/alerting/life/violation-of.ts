import { type Violation } from '@leakwatch/contracts';
import { type CampaignCase } from '../cases.ts';

/** What a detection is taken for, until somebody has looked. */
export function violationOf({
  detection,
  campaign,
}: Pick<CampaignCase, 'detection' | 'campaign'>): Violation {
  const { kind, itemId } = detection.evidence;
  if (kind === 'asset') return 'leaked-image';
  return campaign.termKinds.get(itemId) === 'price' ? 'undisclosed-price' : 'early-post';
}

/**
 * What an incident is taken for with another detection in it. It stays what it was, but where there was only a price: who is
 * asked to take out that alone would leave the rest in.
 */
export function violationWith(before: Violation | null, another: Violation): Violation | null {
  return before === 'undisclosed-price' ? another : before;
}
