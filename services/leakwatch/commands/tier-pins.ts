import { pinTier, TierError, unpinTier } from '@leakwatch/alerting/tiers';
import { TierSchema } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { PinnedSchema } from '../outcomes.ts';
import { type Screen } from '../screen/screen.ts';

const DAY_MS = 24 * 3_600_000;

interface PairOptions {
  readonly dataDir: string;
  readonly campaign: string;
  readonly by: string;
}

export async function pin(
  creatorId: string,
  options: PairOptions & { readonly tier: number; readonly reason: string; readonly days: number },
  screen: Screen,
): Promise<void> {
  const at = new Date();
  const expiresAt = new Date(at.getTime() + options.days * DAY_MS);
  const { campaign: campaignId, by, reason } = options;
  const tier = TierSchema.parse(options.tier);
  await withStore(options, (store) =>
    pinTier(store, { creatorId, campaignId, tier, by, reason, expiresAt }, at),
  );
  const until = expiresAt.toISOString();
  screen.outcome(
    PinnedSchema,
    { creatorId, campaignId, tier, expiresAt: until },
    `tier ${tier} until ${until}`,
  );
}

export async function unpin(creatorId: string, options: PairOptions, screen: Screen): Promise<void> {
  const { campaign: campaignId, by } = options;
  await withStore(options, (store) => unpinTier(store, { creatorId, campaignId, by }, new Date()));
  const pinned = { creatorId, campaignId, tier: null, expiresAt: null };
  screen.outcome(PinnedSchema, pinned, 'the rules decide again');
}

async function withStore(
  { dataDir }: Pick<PairOptions, 'dataDir'>,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    await work(environment.store);
  } catch (error) {
    throw error instanceof TierError ? new UsageError(error.message) : error;
  } finally {
    await environment.stop();
  }
}
