import { type WatchListInput } from '@leakwatch/contracts';
import { nameInventor } from './invent-names.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

export interface MockTerm {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
}

export interface MockAsset {
  readonly id: string;
  readonly file: string;
  readonly name: string;
}

export interface MockCampaign {
  readonly id: string;
  readonly name: string;
  readonly brand: string;
  readonly niche: string;
  readonly sensitivity: 'low' | 'normal' | 'high' | 'critical';
  /** Its embargo lifted long ago, so a mention of it leaks nothing. */
  readonly hasLifted: boolean;
  readonly terms: readonly MockTerm[];
  readonly assets: readonly MockAsset[];
  /** The briefed creators; the first of them post the most. */
  readonly creators: readonly MockCreator[];
}

export interface MockCreator {
  readonly id: string;
  /** The account's native id on the mock platform. */
  readonly nativeId: string;
  readonly handle: string;
  readonly name: string;
  readonly lang: string;
  readonly risk: {
    readonly partnerships: number;
    readonly confirmedLeaks: number;
    readonly concurrentPartnerships: number;
    readonly trusted: boolean;
    readonly underInvestigation: boolean;
    readonly followers: number;
  };
}

export interface MockWorld {
  readonly campaigns: readonly MockCampaign[];
  readonly creators: readonly MockCreator[];
}

const LIFTED_AT = '2020-01-01T00:00:00Z';
const LIFTS_AT = '2099-01-01T00:00:00Z';
const NICHES = ['beauty', 'gaming', 'fitness', 'audio', 'fashion', 'travel', 'kitchen', 'photography'];
const SENSITIVITIES = ['low', 'normal', 'high', 'critical'] as const;
/** Each campaign's secrets: its product, the product's code name, and a special edition. */
const SECRETS = [
  { secret: 'product', kind: 'product' },
  { secret: 'codename', kind: 'codename' },
  { secret: 'edition', kind: 'product' },
];
const ASSET_NAMES = ['key visual', 'packaging'];
const HANDLE_BEGINNINGS = [
  'quiet',
  'sunny',
  'tiny',
  'late',
  'paper',
  'copper',
  'salt',
  'north',
  'velvet',
  'slow',
];
const HANDLE_ENDINGS = [
  'kettle',
  'bicycle',
  'balcony',
  'notebook',
  'harbour',
  'pantry',
  'lens',
  'garden',
  'desk',
];
/** Share of all creators who are briefed for one campaign. */
const BRIEFED_SHARE = 0.25;

/**
 * Invents brands, their campaigns and their briefed creators from the seed. With more than one campaign, the last has
 * lifted.
 */
export function inventWorld(
  seed: number,
  size: { campaigns: number; creators: number; languages: readonly string[] },
): MockWorld {
  const creators = Array.from({ length: size.creators }, (_, index) =>
    inventCreator(seededRandom(seed, 'creator', index), index, size.languages),
  );
  const inventName = nameInventor(seededRandom(seed, 'names'));
  const campaigns = Array.from({ length: size.campaigns }, (_, index): MockCampaign => {
    const random = seededRandom(seed, 'campaign', index);
    const number = index + 1;
    const brand = inventName();
    const terms = SECRETS.map(({ secret, kind }) => ({
      id: `term-${number}-${secret}`,
      text: inventName(),
      kind,
    }));
    return {
      id: `campaign-${number}`,
      name: `${brand}, autumn`,
      brand,
      niche: random.pick(NICHES),
      sensitivity: random.pick(SENSITIVITIES),
      hasLifted: size.campaigns > 1 && number === size.campaigns,
      terms,
      assets: ASSET_NAMES.map((name, asset) => {
        const id = `asset-${number}-${asset + 1}`;
        return { id, file: `${id}.jpg`, name };
      }),
      creators: random.sample(creators, Math.max(1, Math.round(size.creators * BRIEFED_SHARE))),
    };
  });
  return { campaigns, creators };
}

/** The world as its brands would register it; `account` gives each creator's account. */
export function watchListOf(
  world: MockWorld,
  account: { platform: string; instance: string },
): WatchListInput {
  return {
    campaigns: world.campaigns.map(({ hasLifted, terms, assets, creators, ...campaign }) => ({
      ...campaign,
      embargo: { liftsAt: hasLifted ? LIFTED_AT : LIFTS_AT },
      terms: [...terms],
      assets: [...assets],
      creators: creators.map(({ id }) => id),
    })),
    creators: world.creators.map(({ id, name, nativeId, handle, risk }) => ({
      id,
      name,
      accounts: [{ ...account, nativeId, handle }],
      risk,
    })),
  };
}

function inventCreator(random: SeededRandom, index: number, languages: readonly string[]): MockCreator {
  const beginning = random.pick(HANDLE_BEGINNINGS);
  const ending = random.pick(HANDLE_ENDINGS);
  const concurrentPartnerships = random.integer(0, 4);
  return {
    id: `creator-${index + 1}`,
    nativeId: `account-${index + 1}`,
    handle: `${beginning}.${ending}.${index + 1}`,
    name: `${beginning} ${ending}`,
    lang: random.pick(languages),
    risk: {
      partnerships: concurrentPartnerships + random.integer(0, 12),
      confirmedLeaks: random.chance(0.1) ? random.integer(1, 3) : 0,
      concurrentPartnerships,
      trusted: random.chance(0.2),
      underInvestigation: random.chance(0.03),
      followers: Math.round(10 ** (3 + 3 * random.next())),
    },
  };
}
