/**
 * Decides which posts go to review. Each stratum draws for itself; a post that any of them draws is drawn. The
 * probability π is known for every post, so that each stands for 1/π posts (W. G. Cochran, Sampling Techniques, 3rd ed.
 * 1977, chapters 8 and 9A).
 *
 * The hash of seed and post is the source of chance: a second draw gives the same result.
 */
import { hash } from 'node:crypto';
import { type SamplingStratum } from '@leakwatch/contracts';
import { combinedProbability } from '@leakwatch/estimates';
import { type Attention } from './attention.ts';
import { type SamplingPolicy } from './sampling-policy.ts';

export interface Draw {
  /** The strata that drew it; empty: not drawn. */
  readonly strata: readonly SamplingStratum[];
  /** The probability that at least one stratum draws it. */
  readonly probability: number;
  /** A random whole number, for the order of the queue. */
  readonly queueRank: number;
}

export interface Drawable {
  /** The post, across its revisions. */
  readonly threadId: string;
  readonly creatorId: string;
  /** The creator's attention at publication. */
  readonly attention: Attention;
  /** Number of the creator's posts before it; null for one that was counted before, or is no new post: then no count draws it. */
  readonly ordinal: bigint | null;
}

export function drawPost(post: Drawable, policy: SamplingPolicy): Draw {
  const [uniform, random, queueRank] = chances(policy.seed, post.threadId);
  const { randomShare, everyNth, campaignWindow } = policy.reviewOf(post.attention.tier);
  const lots: Lot[] = [
    { stratum: 'uniform', probability: policy.uniformShare, drawn: uniform < policy.uniformShare },
    { stratum: 'random', probability: randomShare, drawn: random < randomShare },
  ];
  if (everyNth !== null && post.ordinal !== null) {
    const turn = firstTurn(policy.seed, post.creatorId, everyNth);
    const drawn = Number(post.ordinal % BigInt(everyNth)) === turn;
    lots.push({ stratum: 'systematic', probability: 1 / everyNth, drawn });
  }
  if (campaignWindow && post.attention.inWindow) {
    lots.push({ stratum: 'window', probability: 1, drawn: true });
  }
  return {
    strata: lots.filter(({ drawn }) => drawn).map(({ stratum }) => stratum),
    probability: combinedProbability(lots.map(({ probability }) => probability)),
    queueRank: Math.floor(queueRank * 2 ** BITS),
  };
}

interface Lot {
  readonly stratum: SamplingStratum;
  readonly probability: number;
  readonly drawn: boolean;
}

/** Bits of the hash per number. */
const BITS = 48;
const BYTES = BITS / 8;

/** Three independent numbers from 0 up to, but not including, 1. */
function chances(seed: string, threadId: string): [number, number, number] {
  const digest = hash('sha256', `${seed}\0${threadId}`, 'buffer');
  const number = (index: number) => digest.readUIntBE(index * BYTES, BYTES) / 2 ** BITS;
  return [number(0), number(1), number(2)];
}

/** The index of the first post that a creator's count draws. */
function firstTurn(seed: string, creatorId: string, everyNth: number): number {
  return Math.floor(chances(seed, `turn\0${creatorId}`)[0] * everyNth);
}
