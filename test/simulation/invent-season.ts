import { createMockSource } from '@leakwatch/ingest';
import { WatchListSchema, type Campaign, type Creator } from '@leakwatch/contracts';

export const START = new Date('2026-01-05T00:00:00Z');
export const DAY_MS = 24 * 3_600_000;
const FIRST_LIFT_DAYS = 30;
const LIFTS_APART_DAYS = 20;

/** Months of a few brands and their creators. */
export interface Season {
  readonly campaigns: readonly Campaign[];
  readonly creators: readonly Creator[];
}

/** The mock source's world. Its campaigns lift one after the other; one lifted long ago. */
export function inventSeason(seed: number, creators: number): Season {
  const world = createMockSource({ seed, ratePerSecond: 1, creators, campaigns: 4 }).watchList();
  const list = WatchListSchema.parse(world);
  return {
    creators: list.creators,
    campaigns: list.campaigns.map((campaign, index) => {
      const hasLifted = Date.parse(campaign.embargo?.liftsAt ?? '') < START.getTime();
      if (hasLifted) return campaign;
      const liftsMs = START.getTime() + (FIRST_LIFT_DAYS + LIFTS_APART_DAYS * index) * DAY_MS;
      return { ...campaign, embargo: { liftsAt: new Date(liftsMs).toISOString() } };
    }),
  };
}

export function isSecret({ embargo }: Campaign, at: Date): boolean {
  return embargo === undefined || at.getTime() < Date.parse(embargo.liftsAt);
}

export function isBriefed({ creators }: Campaign, { id }: Creator): boolean {
  return creators === undefined || creators.includes(id);
}
