import { type TieredCase } from '../cases.ts';
import { type Silence } from '../queries/silence-row.ts';
import { go, stop, type StepResult } from '../story.ts';

/** What was published while somebody wanted to hear nothing of it raises no alert; who wanted that, and why, is kept. */
export function checkSilence(one: TieredCase): StepResult<TieredCase> {
  const silence = one.silences.find((candidate) => isSilenced(one, candidate));
  if (silence === undefined) return go(one);
  const { id, madeBy, endsAt, reason } = silence;
  return stop('silenced', `silence ${id} by ${madeBy} until ${endsAt.toISOString()}: ${reason}`);
}

/** By when the post was published, so that a backlog and a re-scan are judged like the live post. */
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
