/** Cases as the checks make them, without a database. */
import { CreatorSchema, RegisteredCampaignSchema, type Detection } from '@leakwatch/contracts';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { type z } from 'zod';
import { type AlertCase, type CampaignCase, type DetectionCase } from '../../judge/cases.ts';
import { findCampaign } from '../../judge/checks/find-campaign.ts';
import { type Stop, type StepResult } from '../../judge/story.ts';
import { judgement } from '../../judge/judgement.ts';
import { loadBuiltInRuleset } from '../../judge/load-ruleset.ts';
import { indexCampaigns, type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { detection, LIFTS_AT, type DetectionTraits } from './detections.ts';

export interface CaseTraits extends DetectionTraits {
  campaign?: Partial<z.input<typeof RegisteredCampaignSchema>>;
  /** Absent: the account is registered without anything known of it; null: it is not registered. */
  creator?: Partial<z.input<typeof CreatorSchema>> | null;
  more?: Partial<DetectionCase>;
}

const RULESET = compileRuleset(BUILT_IN_RULESET);

/** A detection in the campaign `aurora`, whose embargo lifts at {@link LIFTS_AT}. */
export function detectionCase({ campaign, creator, more, ...traits }: CaseTraits = {}): DetectionCase {
  const aurora = { id: 'aurora', name: 'Aurora', embargo: { liftsAt: LIFTS_AT }, assets: [], ...campaign };
  const found = detection(traits);
  const campaigns = indexCampaigns({
    schemaVersion: 1,
    version: 1,
    createdAt: '2026-11-01T00:00:00.000Z',
    campaigns: [RegisteredCampaignSchema.parse(aurora)],
    creators: creator === null ? [] : [CreatorSchema.parse({ id: found.post.creatorId, ...creator })],
  });
  return {
    detection: found,
    campaigns,
    ruleset: RULESET,
    standing: { history: [], pin: null, now: new Date(found.post.publishedAt) },
    silences: [],
    traceparent: undefined,
    ...more,
  };
}

export function campaignCase(traits: CaseTraits = {}): CampaignCase {
  return valueOf(findCampaign(detectionCase(traits)));
}

/** @throws Error for a step that stopped */
export function valueOf<T>(result: StepResult<T>): T {
  if (result.kind === 'stop') throw new Error(`stopped: ${result.reason}`);
  return result.value;
}

/** @throws Error for a step that went on */
export function stopOf(result: StepResult<unknown>): Stop {
  if (result.kind === 'go') throw new Error('it went on');
  return result;
}

/** The alert that the built-in rules make of a detection by a creator without history. */
export function alertCaseOf(found: Detection, campaigns: WatchedCampaigns, now: Date): AlertCase {
  const standing = { history: [], pin: null, now };
  return valueOf(
    judgement.tell({
      ...{ detection: found, campaigns, ruleset: loadBuiltInRuleset(), standing },
      ...{ silences: [], traceparent: undefined },
    }),
  );
}
