import { type Campaign } from '@leakwatch/contracts';
import { HOURS_LEFT_UNDATED } from '@leakwatch/tier-rules';
import { type CampaignCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';

const HOUR_MS = 3_600_000;

/** A post and its campaign's embargo, at the time of publication. At the very instant of the lift the post is free. */
export interface EmbargoStanding {
  readonly dated: boolean;
  readonly lifted: boolean;
  /** Negative after the lift; a century if the campaign stays secret. */
  readonly hoursLeft: number;
}

export function embargoStanding(
  { embargo }: Pick<Campaign, 'embargo'>,
  publishedAt: string,
): EmbargoStanding {
  if (embargo === undefined) return { dated: false, lifted: false, hoursLeft: HOURS_LEFT_UNDATED };
  const leftMs = Date.parse(embargo.liftsAt) - Date.parse(publishedAt);
  return { dated: true, lifted: leftMs <= 0, hoursLeft: leftMs / HOUR_MS };
}

/** Whether a post was free to mention its campaign, had to disclose the advertising, and is known not to. */
export function lacksDisclosure({
  detection,
  campaign,
}: Pick<CampaignCase, 'detection' | 'campaign'>): boolean {
  return (
    !isDisclosed({ detection, campaign }) && embargoStanding(campaign, detection.post.publishedAt).lifted
  );
}

/** Counts as disclosed unless the campaign asks for it and the text is known to lack it. */
export function isDisclosed({ detection, campaign }: Pick<CampaignCase, 'detection' | 'campaign'>): boolean {
  return campaign.disclosure === undefined || detection.disclosed !== false;
}

/** Stops posts published at or after the lift. One that lacks a disclosure goes on: the rules decide about it. */
export function checkEmbargo(one: CampaignCase): StepResult<CampaignCase> {
  const { publishedAt } = one.detection.post;
  const { lifted } = embargoStanding(one.campaign, publishedAt);
  if (!lifted || lacksDisclosure(one)) return go(one);
  return stop(
    'after-embargo',
    `published at ${publishedAt}, when the embargo had lifted (${one.campaign.embargo?.liftsAt ?? ''})`,
  );
}
