/**
 * The canary: a synthetic post each minute that must become an alert through every stage. Nobody is told of it, and no list,
 * report, tier or number counts it: whoever counts leaves these out.
 */

/** Campaign of what the canary's posts are found by; no watch list may name one of its own like this. */
export const CANARY_CAMPAIGN_ID = 'leakwatch-canary';

/** Platform of the canary's posts, and of nothing else. */
export const CANARY_PLATFORM = 'leakwatch-canary';

/** Whether a post, or a reference to one, is the canary's. */
export function isCanaryPost(post: { readonly platform: string }): boolean {
  return post.platform === CANARY_PLATFORM;
}

const CREATOR_PREFIX = `unregistered:${CANARY_PLATFORM}/`;

/** The same told by the key of a record, which is the creator's id: nobody registers the canary's accounts. */
export function isCanaryCreator(creatorId: string): boolean {
  return creatorId.startsWith(CREATOR_PREFIX);
}
