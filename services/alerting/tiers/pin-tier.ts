import { type Tier } from '@leakwatch/contracts';
import { loadCurrentWatchList, type Queryable, type Store } from '@leakwatch/store';
import { addPin, removePin } from './queries/tier-pins.ts';

/** A request that can't be carried out; the message says why. */
export class TierError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TierError';
  }
}

export interface PinRequest {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly tier: Tier;
  readonly by: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

/**
 * Sets a creator's tier for a campaign until it expires or is taken off, in place of an earlier pin. Detections obey it
 * at once, `creator_tier` as soon as an alerting process has seen it.
 *
 * @throws TierError if the watch list has no such creator or campaign, the creator is not briefed for it, the reason or
 *   name is missing, or the pin would expire before it begins
 */
export async function pinTier(store: Pick<Store, 'transaction'>, pin: PinRequest, at: Date): Promise<void> {
  if (pin.reason.trim() === '' || pin.by.trim() === '')
    throw new TierError('a pin needs a name and a reason');
  if (pin.expiresAt <= at) throw new TierError('a pin must expire later than it begins');
  await store.transaction(async (tx) => {
    await checkPair(tx, pin);
    await addPin(tx, { ...pin, at });
  });
}

/**
 * Takes a pin off early.
 *
 * @throws TierError if none is in force
 */
export async function unpinTier(
  store: Pick<Store, 'transaction'>,
  pin: Pick<PinRequest, 'creatorId' | 'campaignId' | 'by'>,
  at: Date,
): Promise<void> {
  await store.transaction(async (tx) => {
    if (await removePin(tx, { ...pin, at })) return;
    // Thrown in the transaction, so that whatever else it wrote falls with it.
    throw new TierError(`creator \`${pin.creatorId}\` has no pin for \`${pin.campaignId}\``);
  });
}

async function checkPair(
  tx: Queryable,
  { creatorId, campaignId }: Pick<PinRequest, 'creatorId' | 'campaignId'>,
): Promise<void> {
  const list = await loadCurrentWatchList(tx);
  if (list?.creators.some(({ id }) => id === creatorId) !== true) {
    throw new TierError(`the watch list has no creator \`${creatorId}\``);
  }
  const campaign = list.campaigns.find(({ id }) => id === campaignId);
  if (campaign === undefined) throw new TierError(`the watch list has no campaign \`${campaignId}\``);
  if (campaign.creators?.includes(creatorId) === false) {
    throw new TierError(`creator \`${creatorId}\` is not briefed for campaign \`${campaignId}\``);
  }
}
