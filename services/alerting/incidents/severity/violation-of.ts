import { type Violation } from '@leakwatch/contracts';
import { type CampaignCase } from '../../judge/cases.ts';
import { lacksDisclosure } from '../../judge/checks/check-embargo.ts';

/** What a detection is taken for, until somebody has looked. */
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
 * What an incident is taken for with another detection in it. It stays what it was, but where there was only a price: who is
 * asked to take out that alone would leave the rest in. A missing disclosure gives way to any leak; the two meet where somebody has merged
 * their alerts.
 */
export function violationWith(before: Violation | null, another: Violation): Violation | null {
  const givesWay = before === 'undisclosed-price' || before === 'missing-disclosure';
  return givesWay && another !== 'missing-disclosure' ? another : before;
}
