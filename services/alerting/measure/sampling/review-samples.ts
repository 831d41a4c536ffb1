import { type ReviewVerdict } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { claimReviewSample, isDrawnHalfsTurn } from '../queries/claim-review-sample.ts';
import { decideReviewSample, findReviewSamples } from '../queries/decide-review-sample.ts';
import { type ReviewSample } from '../queries/review-sample-row.ts';
import { rankQueue } from './nearness/rank-queue.ts';

/** How long a post shown to one reviewer is kept from the others. */
const CLAIM_MS = 30 * 60_000;
const SHORTEST_PREFIX = /^[0-9a-f]{6,64}$/;

export class ReviewError extends Error {
  override readonly name = 'ReviewError';
}

/** `nearness`: every second post is one near a campaign's brief; the others stay in drawn order. */
export type ReviewOrder = 'drawn' | 'nearness';

/** Gives a reviewer the next post; null: none is left. Whether it raised an alert is not told: verdicts are blind. */
export async function nextSample(
  db: Queryable,
  by: string,
  { order = 'drawn', clock = () => new Date() }: { order?: ReviewOrder; clock?: () => Date } = {},
): Promise<ReviewSample | null> {
  const at = clock();
  const claim = { by, at, claimedBefore: new Date(at.getTime() - CLAIM_MS) };
  if (order === 'drawn') return claimReviewSample(db, claim);
  const drawnHalfFirst = await isDrawnHalfsTurn(db);
  const nearest = drawnHalfFirst ? [] : await rankQueue(db);
  return claimReviewSample(db, { ...claim, nearest, drawnHalfFirst });
}

export interface SampleDecision {
  /** The whole id, or 6 or more of its first digits that no other sample has. */
  readonly id: string;
  readonly verdict: ReviewVerdict;
  /** The campaign of the leak, if known. */
  readonly campaignId: string | null;
  readonly by: string;
  /** The minutes that the review took; null: since it was shown. */
  readonly minutes: number | null;
}

export interface DecidedSample {
  readonly id: string;
  readonly minutes: number;
  /** A leak that no alert has: the detection missed it. */
  readonly isMiss: boolean;
}

/**
 * Writes a reviewer's verdict.
 *
 * @throws ReviewError if the id names no sample or more than one, or an innocent post is called a campaign's leak
 */
export async function decideSample(
  db: Queryable,
  decision: SampleDecision,
  clock: () => Date = () => new Date(),
): Promise<DecidedSample> {
  if (decision.campaignId !== null && decision.verdict !== 'leak') {
    throw new ReviewError('an innocent post names no campaign: leave it out');
  }
  const threadId = await findSample(db, decision.id);
  const decided = await decideReviewSample(db, { ...decision, threadId, at: clock() });
  if (decided === null) throw new ReviewError(`there is no sample ${decision.id}`);
  return {
    id: threadId,
    minutes: decided.minutes,
    isMiss: decision.verdict === 'leak' && !decided.alerted,
  };
}

async function findSample(db: Queryable, id: string): Promise<string> {
  if (!SHORTEST_PREFIX.test(id)) {
    throw new ReviewError(`\`${id}\` is not a sample's id: give 6 to 64 of its hexadecimal digits`);
  }
  const [found, another] = await findReviewSamples(db, id);
  if (found === undefined) throw new ReviewError(`there is no sample ${id}`);
  if (another !== undefined)
    throw new ReviewError(`more than one sample begins with ${id}: give more digits`);
  return found;
}
