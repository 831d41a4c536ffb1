import { type Creator, type Detection } from '@leakwatch/contracts';
import { type CreatorFacts, type RuleMatch, type Ruleset, type TierAssignment } from '@leakwatch/tier-rules';
import { type Silence } from './queries/silence-row.ts';
import { type Standing } from './standing.ts';
import { type WatchedCampaign, type WatchedCampaigns } from './watched-campaigns.ts';

/** A detection with everything that it is judged by. */
export interface DetectionCase {
  readonly detection: Detection;
  readonly campaigns: WatchedCampaigns;
  readonly ruleset: Ruleset;
  readonly standing: Standing;
  /** All silences, past and future ones included. */
  readonly silences: readonly Silence[];
  /** W3C trace context of the post; undefined if its record had none. */
  readonly traceparent: string | undefined;
}

export interface CampaignCase extends DetectionCase {
  readonly campaign: WatchedCampaign;
  /** Null: no brand has registered the account. */
  readonly creator: Creator | null;
}

export interface TieredCase extends CampaignCase {
  readonly creatorFacts: CreatorFacts;
  readonly tier: TierAssignment;
}

/** A detection that raises an alert or joins one. */
export interface AlertCase extends TieredCase {
  readonly rule: RuleMatch;
  /** Rules on trial that matched too. */
  readonly shadows: readonly string[];
}
