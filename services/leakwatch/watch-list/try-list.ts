import { availableParallelism } from 'node:os';
import { alertGradesOf, type RegisteredCampaign } from '@leakwatch/contracts';
import { type ImageEngine } from '@leakwatch/image-matching';
import { assetTrier, type AssetTrial, type PlacedAsset, type WatchListFile } from '@leakwatch/matching';
import { trialKey, type Trials } from './trial-memory.ts';

export interface ListTrial {
  /** Of each secret asset that was tried, now or before; none of one whose very picture is also cleared. */
  readonly trials: readonly (PlacedAsset & AssetTrial)[];
  /** Secret assets that there was no time for. */
  readonly untried: number;
  /** Whether something was tried now. */
  readonly isNew: boolean;
}

/**
 * Tries a list's secret assets that are new, or that have another neighbour than before, until the time is over. What it tries is
 * added to `known`.
 */
export async function tryList(
  { pictures }: Pick<WatchListFile, 'pictures'>,
  campaigns: readonly RegisteredCampaign[],
  engine: Pick<ImageEngine, 'leak'>,
  { known, forMs }: { readonly known: Trials; readonly forMs: number },
): Promise<ListTrial> {
  const until = performance.now() + forMs;
  const placed = campaigns.flatMap((campaign) =>
    campaign.assets.map((asset) => ({
      campaignId: campaign.id,
      asset,
      alertOn: alertGradesOf(campaign, asset),
    })),
  );
  const listed = new Set(placed.map(({ asset }) => pictureKey(asset)));
  // A picture that is also cleared is never found; registration says so.
  const secret = placed.filter(({ asset }) => !listed.has(pictureKey({ ...asset, cleared: true })));
  const isKnown = (one: PlacedAsset) =>
    known.get(trialKey(one))?.near.every((near) => listed.has(pictureKey(near)));
  const queue = new Map(secret.filter((one) => isKnown(one) !== true).map((one) => [trialKey(one), one]));
  const isNew = queue.size > 0 && forMs > 0;
  if (isNew) {
    const tried = new Set<string>();
    const tryAsset = assetTrier(campaigns, engine);
    const run = async () => {
      for (const [key, one] of queue) {
        if (performance.now() > until) return;
        queue.delete(key);
        const trial = await tryAsset(one, pictures.get(one.asset.file) ?? new Uint8Array());
        known.set(key, trial);
        tried.add(key);
        for (const other of unaware(one, trial, secret, known)) {
          if (!tried.has(trialKey(other))) queue.set(trialKey(other), other);
        }
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, run));
  }
  const trials = secret.flatMap((one) => {
    const trial = queue.has(trialKey(one)) ? undefined : known.get(trialKey(one));
    return trial === undefined ? [] : [{ ...one, ...trial }];
  });
  return { trials, untried: secret.length - trials.length, isNew };
}

/** Known assets near a new one that were tried without it. */
function unaware(
  { asset: { sha256 } }: PlacedAsset,
  { near }: AssetTrial,
  secret: readonly PlacedAsset[],
  known: Trials,
): PlacedAsset[] {
  const neighbours = new Set(near.map((one) => one.sha256));
  return secret.filter((other) => {
    if (!neighbours.has(other.asset.sha256)) return false;
    const trial = known.get(trialKey(other));
    return trial !== undefined && !trial.near.some((one) => one.sha256 === sha256);
  });
}

function pictureKey({
  sha256,
  cleared,
}: {
  readonly sha256: string;
  readonly cleared?: boolean | undefined;
}): string {
  return `${sha256}${cleared === true ? ' cleared' : ''}`;
}
