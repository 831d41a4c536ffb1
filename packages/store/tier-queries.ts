/** Queries over creators' tiers, in the order in which they are decided. */
export {
  askTierDecision,
  takeTierHappenings,
  tryLockTiers,
  type TierHappening,
} from './queries/tier-to-decide.ts';
export { listTierHistory, type AlertInHistory } from './queries/tier-list-history.ts';
export { addPin, listPins, removePin, type NewPin, type StoredPin } from './queries/tier-pins.ts';
export {
  deleteKeptTiers,
  forgetCreatorsBut,
  listCreatorsDue,
  listKeptTiers,
  saveKeptTiers,
  type KeptTier,
  type KeptTierFilter,
} from './queries/tier-kept.ts';
export { addTierChanges, listTierChanges, type TierChange } from './queries/tier-changes.ts';
export { addLookBacks, listLookBacks, takeLookBacks, type LookBack } from './queries/look-backs.ts';
