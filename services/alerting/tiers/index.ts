export { pinTier, TierError, unpinTier, type PinRequest } from './pin-tier.ts';
export {
  fingerprintTiers,
  listKeptTiers,
  loadTierNumbers,
  saveKeptTiers,
  type KeptTier,
  type TierNumber,
} from './queries/kept-tiers.ts';
export { addTierChanges, listTierChanges, type TierChange } from './queries/tier-changes.ts';
