/**
 * The canary: a synthetic post each minute that must become an alert through every stage. No notice is sent for it, and no
 * list, report, tier or number may count it.
 */

/** Campaign of the canary's posts; no watch list may use this name. */
export const CANARY_CAMPAIGN_ID = 'leakwatch-canary';

/** Platform of the canary's posts only. */
export const CANARY_PLATFORM = 'leakwatch-canary';

/** True for the canary's posts and for references to them. */
export function isCanaryPost(post: { readonly platform: string }): boolean {
  return post.platform === CANARY_PLATFORM;
}

const CREATOR_PREFIX = `unregistered:${CANARY_PLATFORM}/`;

/** The same by a record's key, which is the creator's id: the canary's accounts are never registered. */
export function isCanaryCreator(creatorId: string): boolean {
  return creatorId.startsWith(CREATOR_PREFIX);
}
