/**
 * Hears every post of a registered creator, for coverage and for the sample that people review. Posts of unregistered
 * accounts and of the canary are skipped by their key alone.
 */
import { checkEvent, readEvent, RecordError, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type Store } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { type CampaignFollower } from '../../judge/watched-campaigns.ts';
import { listKeptTiers } from '../../tiers/queries/kept-tiers.ts';
import { attentionBy, type AttentionMemory } from '../sampling/attention.ts';
import { samplePosts, type HeardPost } from '../sampling/sample-posts.ts';
import { samplingPolicy, type SamplingSettings } from '../sampling/sampling-policy.ts';
import { type AccountHearer } from './hear-accounts.ts';
import { HEARD_POST, type HeardParts } from './heard-parts.ts';

export interface HearingOptions {
  readonly store: Pick<Store, 'pool' | 'transaction'>;
  readonly campaigns: Pick<CampaignFollower, 'current'>;
  readonly ruleset: () => Ruleset;
  readonly hearer: AccountHearer;
  readonly sampling: SamplingSettings;
  readonly clock: () => Date;
}

export type HearPosts = (records: readonly LogRecord[]) => Promise<Outcome[]>;

export function createHearing(options: HearingOptions): HearPosts {
  const memory: AttentionMemory = new Map();
  return async (records) => {
    const campaigns = options.campaigns.current();
    const creatorIds = new Set(records.map(({ key }) => key).filter((id) => campaigns.creators.has(id)));
    if (creatorIds.size === 0) return records.map(() => NOT_REGISTERED);
    const kept = await listKeptTiers(options.store.pool, { creatorIds: [...creatorIds] });
    const attention = attentionBy(campaigns, options.ruleset(), kept, memory);
    const parts: HeardParts[] = [];
    const heard: HeardPost[] = [];
    const outcomes = records.map((record): Outcome => {
      const creator = campaigns.creators.get(record.key);
      if (creator === undefined) return NOT_REGISTERED;
      try {
        const value = readEvent(record, HEARD_POST);
        const post = checkEvent(value, HEARD_POST);
        parts.push(post);
        const about = { value, record, creator };
        heard.push({ post, ...about, attention: attention(creator, new Date(post.publishedAt)) });
        return DONE;
      } catch (error) {
        // Each lane of the matcher writes a dead letter for such a record: one more would say nothing new.
        if (error instanceof RecordError) return { kind: 'dropped', reason: error.reason };
        throw error;
      }
    });
    if (heard.length === 0) return outcomes;
    const { store, hearer, ruleset, sampling, clock } = options;
    await hearer.hear(store.pool, parts);
    const policy = samplingPolicy(ruleset(), sampling);
    await samplePosts(store, heard, { policy, at: clock() });
    return outcomes;
  };
}

const DONE: Outcome = { kind: 'ok', emit: [] };
const NOT_REGISTERED: Outcome = { kind: 'dropped', reason: 'not-registered' };
