/** A post may claim any platform. Metrics name these, so that a stranger cannot add series or content to them. */
const NAMED_PLATFORMS: ReadonlySet<string> = new Set([
  'bluesky',
  'facebook',
  'feed',
  'file',
  'instagram',
  'mastodon',
  'mock',
  'pinterest',
  'reddit',
  'snapchat',
  'threads',
  'tiktok',
  'tumblr',
  'twitch',
  'twitter',
  'webhook',
  'x',
  'youtube',
]);

/** The value of the label `platform` for a post: a platform's name in lower case, or `other`. */
export function platformLabel(platform: string): string {
  const name = platform.toLowerCase();
  return NAMED_PLATFORMS.has(name) ? name : 'other';
}
