import { disguiseName, type Disguises } from './disguise-name.ts';
import {
  type MockAsset,
  type MockCampaign,
  type MockCreator,
  type MockTerm,
  type MockWorld,
} from './invent-world.ts';
import { INNOCENT_PICTURES, innocentFile, LEAKED_VARIANTS, leakedFile } from './picture-names.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import { writeText } from './write-text.ts';

export interface PostShares {
  /** Share of posts with a picture, beside those that leak one. */
  readonly imageShare: number;
  /** Share of posts that leak; half as many more mention a lifted campaign. */
  readonly leakShare: number;
  readonly disguises: Disguises;
}

/** The plan of a post. */
export interface PostPlan {
  readonly creator: MockCreator;
  readonly text: string;
  /** The picture's name, if any. */
  readonly picture: string | null;
  /** The campaign that it mentions, lifted or not. */
  readonly mention: Mention | null;
}

interface Mention {
  readonly campaign: MockCampaign;
  readonly term: MockTerm | null;
  readonly asset: MockAsset | null;
}

/** Plans post `n`; earlier plans don't affect it. */
export function planPost(world: MockWorld, seed: number, n: number, shares: PostShares): PostPlan {
  const random = seededRandom(seed, 'post', n);
  const mention = planMention(world, shares, random);
  const creator =
    mention === null ? random.pick(world.creators) : pickTalkative(mention.campaign.creators, random);
  const term = mention?.term ?? null;
  const name = term === null ? null : disguiseName(term.text, shares.disguises, random);
  return {
    creator,
    text: writeText(creator.lang, name, random),
    picture: planPicture(mention?.asset ?? null, shares, random),
    mention,
  };
}

function planMention(world: MockWorld, shares: PostShares, random: SeededRandom): Mention | null {
  const lot = random.next() / shares.leakShare;
  if (lot >= 1.5) return null;
  const campaigns = world.campaigns.filter(({ hasLifted }) => hasLifted === lot >= 1);
  if (campaigns.length === 0) return null;
  const campaign = random.pick(campaigns);
  const what = shares.imageShare > 0 ? random.next() : 0;
  return {
    campaign,
    term: what < 0.8 ? random.pick(campaign.terms) : null,
    asset: what >= 0.7 ? random.pick(campaign.assets) : null,
  };
}

/** Prefers the first of the list, so that some creators are caught again and again. */
function pickTalkative(creators: readonly MockCreator[], random: SeededRandom): MockCreator {
  const ahead = Math.ceil(creators.length * random.next() ** 2);
  return random.pick(creators.slice(0, Math.max(1, ahead)));
}

function planPicture(leaked: MockAsset | null, shares: PostShares, random: SeededRandom): string | null {
  if (leaked !== null) return leakedFile(leaked.id, random.integer(1, LEAKED_VARIANTS));
  return random.chance(shares.imageShare) ? innocentFile(random.integer(1, INNOCENT_PICTURES)) : null;
}
