import { type ItemReference, type RescanRequest } from '@leakwatch/contracts';
import { createImageEngine, type ImageEngine } from '@leakwatch/image-matching';
import { watchListSteps, type AssetRefresher, type CompiledWatchList } from '@leakwatch/matching';
import { inSlices } from '@leakwatch/runtime/waiting';
import { loadBlob, loadWatchListVersion, type Store } from '@leakwatch/store';
import { selectCampaigns, wantedItems } from '../jobs/select-items.ts';
import { type OpenPass } from './queries/list-open-passes.ts';
import { fingerprintFilter } from './steps/filter-fingerprints.ts';
import { type ServedJob } from './steps/match-fingerprints.ts';

/** A job's part in a pass. */
export interface PassJob extends ServedJob {
  readonly request: RescanRequest;
  readonly wants: (item: ItemReference) => boolean;
}

/** A pass ready to match: its watch list holds the terms of its jobs, and what their assets are judged beside. */
export interface PreparedPass {
  readonly id: string;
  readonly jobs: readonly PassJob[];
  readonly list: CompiledWatchList;
}

/** @throws Error if the pass's watch list can't be used any more */
export async function preparePass(
  store: Pick<Store, 'pool'>,
  pass: OpenPass,
  refresher: AssetRefresher,
): Promise<PreparedPass> {
  const snapshot = await loadWatchListVersion(store.pool, pass.watchListVersion);
  if (snapshot === null) throw new Error(`there is no version ${pass.watchListVersion} of the watch list`);
  const selected = selectCampaigns(
    snapshot,
    pass.jobs.map(({ request }) => request),
  );
  const campaigns = await refresh(store, selected, refresher);
  return {
    id: pass.id,
    jobs: pass.jobs.map(({ id, request }) => ({
      id,
      request,
      isFor: fingerprintFilter(request),
      wants: wantedItems(request),
    })),
    list: await inSlices(watchListSteps({ ...snapshot, campaigns }, { isStored: true })),
  };
}

/** Brings older fingerprints of assets up to date. A re-scan looks at no other picture, so it starts an engine only for these. */
async function refresh(
  store: Pick<Store, 'pool'>,
  campaigns: ReturnType<typeof selectCampaigns>,
  refresher: AssetRefresher,
) {
  let started: Promise<ImageEngine> | undefined;
  const engine = () => (started ??= createImageEngine({ workers: 1 }));
  try {
    return await refresher.refresh(campaigns, {
      fingerprint: async (picture) => (await (await engine()).register(picture)).data,
      loadPicture: async (sha256) => (await loadBlob(store.pool, sha256))?.bytes ?? null,
    });
  } finally {
    await close(started);
  }
}

async function close(engine: Promise<ImageEngine> | undefined): Promise<void> {
  if (engine !== undefined) await (await engine).close();
}
