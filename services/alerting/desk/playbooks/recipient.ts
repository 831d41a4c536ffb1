import { type Alert, type Campaign, type Creator } from '@leakwatch/contracts';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';

/** What a watch list says about the recipients of messages, by id. */
export interface KnownNames {
  readonly campaigns: ReadonlyMap<string, Pick<Campaign, 'name' | 'creators'>>;
  readonly creators: ReadonlyMap<string, Pick<Creator, 'name'>>;
}

/** Whom a message is for. */
export interface Recipient {
  /** As the watch list names them; null if it has no name for them. */
  readonly name: string | null;
  /** The public name of the alert's campaign; null: nobody has told them of it, and no message may. */
  readonly campaign: string | null;
}

/** A creator was told of the campaigns that they are briefed for; an account that no brand has registered of none. */
export function recipientOf({ creatorId, campaignId }: Alert, names: KnownNames): Recipient {
  const creator = names.creators.get(creatorId);
  const campaign = names.campaigns.get(campaignId);
  const wasTold = creator !== undefined && (campaign?.creators?.includes(creatorId) ?? true);
  return { name: creator?.name ?? null, campaign: wasTold ? (campaign?.name ?? null) : null };
}

export async function loadKnownNames(db: Queryable): Promise<KnownNames> {
  const list = await loadCurrentWatchList(db);
  return {
    campaigns: new Map(list?.campaigns.map((campaign) => [campaign.id, campaign])),
    creators: new Map(list?.creators.map((creator) => [creator.id, creator])),
  };
}
