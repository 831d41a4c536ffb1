import { HOURS_LEFT_UNDATED } from '@leakwatch/tier-rules';
import { type CampaignCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';
import { type WatchedCampaign } from '../watched-campaigns.ts';

const HOUR_MS = 3_600_000;

/** How a post stood to its campaign's embargo when it was published. At the very instant of the lift it is free. */
export interface EmbargoStanding {
  readonly dated: boolean;
  readonly lifted: boolean;
  /** Negative after the lift; a century where the campaign is secret for good. */
  readonly hoursLeft: number;
}

export function embargoStanding(campaign: WatchedCampaign, publishedAt: string): EmbargoStanding {
  if (campaign.embargo === undefined) return { dated: false, lifted: false, hoursLeft: HOURS_LEFT_UNDATED };
  const leftMs = Date.parse(campaign.embargo.liftsAt) - Date.parse(publishedAt);
  return { dated: true, lifted: leftMs <= 0, hoursLeft: leftMs / HOUR_MS };
}

/** Whether a post is free to speak of its campaign and had to say that it is advertising, and is known not to. */
export function lacksDisclosure({
  detection,
  campaign,
}: Pick<CampaignCase, 'detection' | 'campaign'>): boolean {
  return (
    !isDisclosed({ detection, campaign }) && embargoStanding(campaign, detection.post.publishedAt).lifted
  );
}

/** Only a text that is known not to say it counts as one that does not, and only where the campaign asks for it. */
export function isDisclosed({ detection, campaign }: Pick<CampaignCase, 'detection' | 'campaign'>): boolean {
  return campaign.disclosure === undefined || detection.disclosed !== false;
}

/** What was published at or after the lift is no leak; where it lacks a disclosure, the rules are asked all the same. */
export function checkEmbargo(one: CampaignCase): StepResult<CampaignCase> {
  const { publishedAt } = one.detection.post;
  const { lifted } = embargoStanding(one.campaign, publishedAt);
  if (!lifted || lacksDisclosure(one)) return go(one);
  return stop(
    'after-embargo',
    `published at ${publishedAt}, when the embargo had lifted (${one.campaign.embargo?.liftsAt ?? ''})`,
  );
}
