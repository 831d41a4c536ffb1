import { type Queryable } from '@leakwatch/store';
import { type PastAlert } from '@leakwatch/tier-rules';
import { listPins, type StoredPin } from './queries/list-pins.ts';
import { listTierHistory } from './queries/list-tier-history.ts';

/** The facts that decide a tier, besides the watch list and the ruleset. */
export interface Standing {
  readonly history: readonly PastAlert[];
  /** It may have expired. */
  readonly pin: StoredPin | null;
  readonly now: Date;
}

export type StandingLookup = (creatorId: string, campaignId: string, now: Date) => Standing;

/** Loads the standing of these creators. */
export async function loadStandings(db: Queryable, creatorIds: readonly string[]): Promise<StandingLookup> {
  const histories = await listTierHistory(db, creatorIds);
  const pins = new Map(
    (await listPins(db, creatorIds)).map((pin) => [keyOf(pin.creatorId, pin.campaignId), pin]),
  );
  return (creatorId, campaignId, now) => ({
    history: histories.get(creatorId) ?? [],
    pin: pins.get(keyOf(creatorId, campaignId)) ?? null,
    now,
  });
}

function keyOf(creatorId: string, campaignId: string): string {
  return JSON.stringify([creatorId, campaignId]);
}
