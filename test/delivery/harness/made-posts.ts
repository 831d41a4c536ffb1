import {
  EVENTS,
  PostSchema,
  postId,
  sha256Hex,
  unregisteredCreatorId,
  type Post,
} from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import { type saveWatchList } from '@leakwatch/store';
import { seededRandom } from '../../harness/seeded-random.ts';

const TERM = 'Quillon Ember';

/** One campaign with one term, so that each leak is one detection. */
export const WATCH_LIST: Parameters<typeof saveWatchList>[1] = {
  campaigns: [
    {
      id: 'launch',
      name: 'Launch',
      sensitivity: 'normal',
      terms: [{ id: 'name', text: TERM }],
      assets: [],
      approvedPosts: [],
    },
  ],
  creators: [],
};

const PLACE = { platform: 'webhook', instance: 'default' };
const CREATORS = 24;
/** Far from any "now", so that no test depends on it; within one episode of each creator. */
const BEGINNING = Date.UTC(2026, 0, 5, 9);

/** Makes a post. `native` names it in the ledger. */
export interface MadePost {
  readonly native: string;
  readonly author: string;
  readonly text: string;
  readonly leaks: boolean;
  readonly publishedAt: string;
}

/** Endless posts, four in five of them leaks; a seed fixes them. */
export function makePosts(seed: number): (count: number) => MadePost[] {
  const random = seededRandom(seed);
  let made = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const leaks = random() < 0.8;
      const n = made++;
      return {
        native: `${seed}-${n}`,
        author: `creator-${Math.floor(random() * CREATORS)}`,
        text: leaks ? `${TERM} is what I unpack today, part ${n}` : `nothing to see here, part ${n}`,
        leaks,
        publishedAt: new Date(BEGINNING + n).toISOString(),
      };
    });
}

/** The post as a customer's system sends it to the webhook. */
export function submissionOf({ native, author, text, publishedAt }: MadePost): object {
  return { id: native, author: { id: author, handle: author }, text, publishedAt };
}

/** The post as ingest publishes it. */
export function recordOf(made: MadePost): OutgoingRecord {
  const post = canonicalPost(made);
  return encodeEvent(EVENTS.post, post, {
    id: post.id,
    key: post.creatorId,
    source: '/leakwatch/ingest',
    time: new Date(post.publishedAt),
  });
}

function canonicalPost({ native, author, text, publishedAt }: MadePost): Post {
  return PostSchema.parse({
    ...PLACE,
    schemaVersion: 1,
    id: postId({ ...PLACE, nativeId: native, revision: 1, op: 'create' }),
    nativeId: native,
    revision: 1,
    op: 'create',
    type: 'post',
    creatorId: unregisteredCreatorId(PLACE.platform, PLACE.instance, author),
    author: { nativeId: author, handle: author, displayName: null, url: null },
    canonicalUrl: null,
    inReplyTo: null,
    repostOf: null,
    text,
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: [],
    publishedAt,
    editedAt: null,
    deletedAt: null,
    observedAt: publishedAt,
    provenance: {
      connector: 'test',
      transport: 'direct',
      cursor: null,
      rawSha256: sha256Hex(text),
      signature: null,
    },
  });
}
