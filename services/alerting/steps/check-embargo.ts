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

/** What was published at or after the lift is no leak. */
export function checkEmbargo(one: CampaignCase): StepResult<CampaignCase> {
  const { publishedAt } = one.detection.post;
  const { lifted } = embargoStanding(one.campaign, publishedAt);
  if (!lifted) return go(one);
  return stop(
    'after-embargo',
    `published at ${publishedAt}, when the embargo had lifted (${one.campaign.embargo?.liftsAt ?? ''})`,
  );
}
