/**
 * Invents the posts of a season, their leaks, and the alerts of an imperfect matcher. Only the simulation knows the truth; the
 * estimators see alerts and verdicts alone.
 */
import { hash } from 'node:crypto';
import { type Campaign, type Creator } from '@leakwatch/contracts';
import { seededRandom } from '../harness/seeded-random.ts';
import { DAY_MS, isBriefed, isSecret, START, type Season } from './invent-season.ts';

export interface LivedPost {
  /** Id of the post in the season. */
  readonly name: string;
  readonly publishedAt: Date;
  /** The campaign that it leaks; null: it leaks nothing. */
  readonly leaks: Campaign | null;
  /** The campaign for which it raises an alert, rightly or not, and when; null: it raises none. */
  readonly alert: { readonly campaign: Campaign; readonly at: Date } | null;
}

/** Longest time between two posts of a creator, in days. */
const LONGEST_PAUSE_DAYS = 9;
/** A few creators post a lot; a few are sly, and the matcher misses most of their leaks. */
const TALKATIVE = { share: 0.1, leaks: 0.08 };
const SLY = { share: 0.1, seen: 0.6 };
const ORDINARY = { leaks: 0.01, seen: 0.92 };
const FALSE_ALARMS = 0.001;
/** Share of the found leaks that only a later re-scan finds. */
const SEEN_LATE = 0.1;
const SECOND_MS = 1000;

/** Makes a creator's posts in order; a seed fixes them. */
export function livePosts(season: Season, creator: Creator, seed: number, days: number): LivedPost[] {
  const random = seededRandom(seedOf(seed, creator.id));
  const briefed = season.campaigns.filter((campaign) => isBriefed(campaign, creator));
  const leakShare = random() < TALKATIVE.share ? TALKATIVE.leaks : ORDINARY.leaks;
  const seenShare = random() < SLY.share ? SLY.seen : ORDINARY.seen;
  const posts: LivedPost[] = [];
  for (let day = random() * LONGEST_PAUSE_DAYS; day < days; day += random() * LONGEST_PAUSE_DAYS) {
    const publishedAt = new Date(START.getTime() + Math.floor(day * DAY_MS));
    const open = briefed.filter((campaign) => isSecret(campaign, publishedAt));
    const topic = open[Math.floor(random() * open.length)] ?? null;
    const leaks = random() < leakShare ? topic : null;
    const isSeen = random() < (leaks === null ? FALSE_ALARMS : seenShare);
    const delayMs = random() < SEEN_LATE ? random() * 5 * DAY_MS : random() * 60 * SECOND_MS;
    const alert =
      topic !== null && isSeen
        ? { campaign: topic, at: new Date(publishedAt.getTime() + Math.floor(delayMs)) }
        : null;
    posts.push({ name: `${seed}-${creator.id}-${posts.length}`, publishedAt, leaks, alert });
  }
  return posts;
}

/** Spreads neighbouring seeds, so that their streams do not resemble each other. */
export function seedOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', parts.join('\0')).slice(0, 8), 16);
}
