import { type Creator, type Detection } from '@leakwatch/contracts';
import { type CreatorFacts, type RuleMatch, type Ruleset, type TierAssignment } from '@leakwatch/tier-rules';
import { type Silence } from './queries/silence-row.ts';
import { type Standing } from './standing.ts';
import { type WatchedCampaign, type WatchedCampaigns } from './watched-campaigns.ts';

/** A detection with what it is judged by, before anything is known of it. */
export interface DetectionCase {
  readonly detection: Detection;
  readonly campaigns: WatchedCampaigns;
  readonly ruleset: Ruleset;
  readonly standing: Standing;
  /** Every one that there is, whenever it begins or ends. */
  readonly silences: readonly Silence[];
  /** W3C trace context of the post; undefined where its record had none. */
  readonly traceparent: string | undefined;
}

export interface CampaignCase extends DetectionCase {
  readonly campaign: WatchedCampaign;
  /** Null: an account that no brand has registered. */
  readonly creator: Creator | null;
}

export interface TieredCase extends CampaignCase {
  readonly creatorFacts: CreatorFacts;
  readonly tier: TierAssignment;
}

/** A detection that raises an alert or joins one. */
export interface AlertCase extends TieredCase {
  readonly rule: RuleMatch;
  /** Rules on trial that matched as well. */
  readonly shadows: readonly string[];
}
