import {
  RosterFieldSchema,
  RosterPlatformSchema,
  type RosterField,
  type RosterPlatform,
} from '../../schemas/index.ts';

type Heads = readonly string[];

/**
 * Heads that people and tools write for a field, the surest first; compared without signs, digits and case. Upfluence writes
 * `influencer_id` and `media_url`, Aspire `uid`, CreatorIQ a social account a cell. GRIN exports any heads; HypeAuditor and Modash
 * document none.
 */
const HEADS: Readonly<Partial<Record<RosterField, Heads>>> = {
  id: ['id', 'creatorid', 'influencerid', 'uid', 'publisherid', 'contactid', 'creator'],
  name: ['name', 'fullname', 'creatorname', 'influencername', 'displayname', 'profilename', 'influencer'],
  firstName: ['firstname', 'givenname'],
  lastName: ['lastname', 'surname', 'familyname'],
  platform: ['platform', 'network', 'socialnetwork', 'socialplatform', 'channel'],
  instance: ['instance', 'server', 'host'],
  handle: ['handle', 'username', 'account', 'user', 'socialhandle', 'accounthandle'],
  nativeId: ['nativeid', 'platformid', 'userid', 'accountid'],
  quietHours: ['quiethours'],
  followers: ['followers', 'audience', 'subscribers', 'followercount', 'followerscount'],
  partnerships: ['partnerships', 'deals'],
  confirmedLeaks: ['confirmedleaks', 'leaks'],
  concurrentPartnerships: ['concurrentpartnerships', 'concurrent'],
  trusted: ['trusted'],
};

/** Each such column is read. */
const PROFILES =
  /^(media|profile|account|channel|social|socialmedia|influencer|creator)(url|link|address)s?$|^social(account|profile|channel)s?$|^profile$/;
/** Read if no other column has accounts. */
const PLAIN_ADDRESSES: Heads = ['url', 'link'];

const PLATFORM_NAMES: Readonly<Record<string, RosterPlatform>> = {
  ig: 'instagram',
  insta: 'instagram',
  tt: 'tiktok',
  yt: 'youtube',
  twitter: 'x',
  twitterx: 'x',
  xtwitter: 'x',
  fb: 'facebook',
  bsky: 'bluesky',
  blog: 'feed',
  rss: 'feed',
  podcast: 'feed',
};
/** Words behind a platform's name in the head of a column of its accounts. */
const ACCOUNT_WORDS = /(handle|username|user|url|link|address|profile|account|page|channel|name)+s?$/;

/** Guesses the field of each column from its head; null for a column that is not read. */
export function guessColumns(heads: Heads): (RosterField | null)[] {
  const plain = heads.map((head) => head.toLowerCase().replace(/[^a-z]/g, ''));
  const fields = plain.map((head) => accountsField(head));
  for (const field of RosterFieldSchema.options) {
    const column = (HEADS[field] ?? [])
      .map((head) => plain.findIndex((one, index) => one === head && fields[index] === null))
      .find((index) => index !== -1);
    if (column !== undefined) fields[column] = field;
  }
  if (fields.some((field) => field !== null && holdsAccounts(field))) return fields;
  return fields.map((field, index) => (PLAIN_ADDRESSES.includes(plain[index] ?? '') ? 'profile' : field));
}

function accountsField(head: string): RosterField | null {
  const name = head.replace(ACCOUNT_WORDS, '');
  const platform = RosterPlatformSchema.safeParse(PLATFORM_NAMES[name] ?? name).data;
  return platform ?? (PROFILES.test(head) ? 'profile' : null);
}

/** True for fields whose columns name accounts, of which a table may have several. */
export function holdsAccounts(field: RosterField): boolean {
  return field === 'profile' || field === 'handle' || field === 'nativeId' || isPlatform(field);
}

export function isPlatform(field: RosterField): field is RosterPlatform {
  return RosterPlatformSchema.safeParse(field).success;
}
