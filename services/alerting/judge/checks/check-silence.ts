import { type TieredCase } from '../cases.ts';
import { type Silence } from '../queries/silence-row.ts';
import { go, stop, type StepResult } from '../story.ts';

/** Stops posts published during a silence; the stop names who made the silence and why. */
export function checkSilence(one: TieredCase): StepResult<TieredCase> {
  const silence = one.silences.find((candidate) => isSilenced(one, candidate));
  if (silence === undefined) return go(one);
  const { id, madeBy, endsAt, reason } = silence;
  return stop('silenced', `silence ${id} by ${madeBy} until ${endsAt.toISOString()}: ${reason}`);
}

/** Goes by the time of publication, so that a backlog and a re-scan are judged like the live post. */
function isSilenced({ detection, tier }: TieredCase, silence: Silence): boolean {
  const { post, evidence } = detection;
  const publishedAt = new Date(post.publishedAt);
  return (
    (silence.creatorId === null || silence.creatorId === post.creatorId) &&
    (silence.campaignId === null || silence.campaignId === evidence.campaignId) &&
    (silence.itemId === null || silence.itemId === evidence.itemId) &&
    (silence.tier === null || silence.tier === tier.tier) &&
    silence.startsAt <= publishedAt &&
    publishedAt < silence.endsAt
  );
}
