import { type Queryable } from '@leakwatch/store';
import { noteHeardAccounts, type HeardAccount } from '../queries/note-heard-accounts.ts';
import { type HeardParts } from './heard-parts.ts';

/** An account noted more recently than this is not noted again: coverage counts in hours. */
const NOTE_EVERY_MS = 60_000;

export interface AccountHearer {
  /** Notes the accounts of these posts: one query a batch, and none for accounts noted just now. */
  hear(db: Queryable, posts: readonly HeardParts[]): Promise<void>;
}

export function createAccountHearer(): AccountHearer {
  /** When each account was last noted, in milliseconds of the posts' observation. */
  const noted = new Map<string, number>();
  return {
    hear: async (db, posts) => {
      const news = new Map<string, HeardAccount>();
      for (const post of posts) {
        const { creatorId, platform, instance, author, observedAt, publishedAt } = post;
        // No id holds a line break.
        const key = `${creatorId}\n${platform}\n${instance}\n${author.nativeId}`;
        const heardAt = new Date(observedAt);
        if (heardAt.getTime() < (noted.get(key) ?? -Infinity) + NOTE_EVERY_MS) continue;
        const before = news.get(key);
        if (before !== undefined && before.heardAt >= heardAt) continue;
        const account = { accountId: author.nativeId, handle: author.handle };
        news.set(key, {
          creatorId,
          platform,
          instance,
          ...account,
          heardAt,
          publishedAt: new Date(publishedAt),
        });
      }
      await noteHeardAccounts(db, [...news.values()]);
      for (const [key, { heardAt }] of news) noted.set(key, heardAt.getTime());
    },
  };
}
