export { pinTier, TierError, unpinTier, type PinRequest } from './pin-tier.ts';
export { listKeptTiers, saveKeptTiers, type KeptTier } from './queries/kept-tiers.ts';
export { addTierChanges, listTierChanges, type TierChange } from './queries/tier-changes.ts';
