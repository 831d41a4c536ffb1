import { type Account } from '@leakwatch/contracts';

type Read = (path: readonly string[], url: URL) => Account | null;

/** First parts of addresses that are no profile. */
const NO_PROFILE: ReadonlySet<string> = new Set(
  [
    'about,accounts,ads,business,clip,directory,discover,embed,events,explore,feed,gaming,groups,hashtag,help,home,i',
    'ideas,intent,jobs,login,marketplace,messages,notifications,p,pages,photo,pin,playlist,posts,privacy,reel,reels',
    'results,search,settings,share,sharer,shorts,signup,stories,story.php,terms,tv,video,videos,watch',
  ].flatMap((names) => names.split(',')),
);

/** Sites whose addresses name a platform's account. Other sites are feeds, or instances of Mastodon. */
const SITES: readonly { readonly hosts: RegExp; readonly read: Read }[] = [
  { hosts: /^(instagram\.com|instagr\.am)$/, read: first('instagram') },
  { hosts: /^tiktok\.com$/, read: first('tiktok', '@') },
  {
    hosts: /^youtube\.com$/,
    // Custom names (`/c/ana`, `/user/ana`) are neither handles nor ids: nothing names a channel by them.
    read: (path, url) => {
      const [start, id] = path;
      return start === 'channel' && id !== undefined
        ? { platform: 'youtube', nativeId: id }
        : first('youtube', '@')(path, url);
    },
  },
  { hosts: /^youtu\.be$/, read: () => null },
  { hosts: /^(x|twitter)\.com$/, read: first('x') },
  {
    hosts: /^(facebook|fb)\.com$/,
    read: (path, url) => {
      const id =
        path[0] === 'profile.php' ? url.searchParams.get('id') : path[0] === 'people' ? path[2] : null;
      if (id !== null && id !== undefined) return { platform: 'facebook', nativeId: id };
      return path[0] === 'profile.php' || path[0] === 'people' ? null : first('facebook')(path, url);
    },
  },
  { hosts: /^pinterest(\.[a-z]{2,3}){1,2}$/, read: first('pinterest') },
  { hosts: /^twitch\.tv$/, read: first('twitch') },
  { hosts: /^threads\.(net|com)$/, read: first('threads', '@') },
  { hosts: /^snapchat\.com$/, read: afterWord('snapchat', ['add', 'p']) },
  { hosts: /^linkedin\.com$/, read: afterWord('linkedin', ['in']) },
  { hosts: /^reddit\.com$/, read: afterWord('reddit', ['user', 'u']) },
  {
    hosts: /^bsky\.app$/,
    read: ([start, name = '']) => {
      if (start !== 'profile' || name === '') return null;
      return name.startsWith('did:')
        ? { platform: 'bluesky', nativeId: name }
        : { platform: 'bluesky', handle: name };
    },
  },
  {
    hosts: /^(t\.me|telegram\.me)$/,
    read: (path, url) => first('telegram')(path[0] === 's' ? path.slice(1) : path, url),
  },
  {
    hosts: /^medium\.com$/,
    read: ([name = '']) => (name.startsWith('@') ? feed(`https://medium.com/feed/${name}`) : null),
  },
];

/** The profile is the first part of the path, behind a sign if there is one. */
function first(platform: string, sign = ''): Read {
  return ([name = '']) => {
    if (!name.startsWith(sign) || NO_PROFILE.has(name.toLowerCase())) return null;
    const handle = name.replace(/^@/, '');
    return handle === '' ? null : { platform, handle };
  };
}

/** The profile stands behind one of these words, or behind an `@`. */
function afterWord(platform: string, words: readonly string[]): Read {
  return ([start = '', name = ''], url) => {
    if (start.startsWith('@')) return first(platform, '@')([start], url);
    return words.includes(start) && name !== '' ? { platform, handle: name } : null;
  };
}

function feed(handle: string): Account {
  return { platform: 'feed', handle };
}

/**
 * Accounts that a web address may name, the likeliest first; none if it is of a platform's post, or of no person.
 *
 * @param address - with or without `https://`
 */
export function accountsAt(address: string): readonly Account[] {
  const full = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return [];
  const url = new URL(full);
  const host = url.hostname.replace(/^(www|m|mobile|[a-z]{2})\.(?=[^.]+\.[^.])/, '');
  const path = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const site = SITES.find(({ hosts }) => hosts.test(host));
  if (site !== undefined) {
    const account = site.read(path, url);
    return account === null ? [] : [account];
  }
  const user = instanceUserOf(path);
  const asFeed = feed(full);
  if (user === null) return [asFeed];
  const instance = url.protocol === 'http:' ? url.origin : url.host;
  return [{ platform: 'mastodon', instance, handle: user }, asFeed];
}

/** `/@ana`, `/@ana@far.example` or `/users/ana`, as servers with Mastodon's API write profiles. */
function instanceUserOf([start = '', name = '', ...rest]: readonly string[]): string | null {
  if (start === 'users' && name !== '' && rest.length === 0) return name;
  return /^@[\w.-]+(@[\w.-]+)?$/.test(start) && name === '' ? start.slice(1) : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return part;
  }
}
