import { UsageError } from '@leakwatch/runtime';
import { didYouMean } from '../nearest-name.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatCampaign, formatCampaigns } from '../screen/watch-list.ts';
import { type Screen } from '../screen/screen.ts';
import { describeWatchList } from '../watch-list/import-watch-list.ts';
import { plainList } from '../watch-list/plain-list.ts';
import { readVersion } from '../watch-list/read-version.ts';
import { withEnvironment } from './with-environment.ts';

export interface ShownVersion {
  readonly dataDir: string;
  /** Undefined: the newest. */
  readonly of?: number;
  readonly json: boolean;
}

/** Lists the campaigns of a version: what is watched, by numbers. */
export function listCampaigns({ dataDir, of, json }: ShownVersion, screen: Screen): Promise<void> {
  return withEnvironment({ dataDir }, async (environment) => {
    tellDataPlace(environment, screen);
    const snapshot = await readVersion(environment.store.pool, of);
    if (json) {
      for (const campaign of plainList(snapshot).campaigns) screen.json(campaign);
      return;
    }
    screen.result(formatCampaigns(snapshot));
    screen.note(`version ${snapshot.version}: ${describeWatchList(snapshot)}`);
  });
}

/** Shows a campaign with its terms, assets and creators. */
export function showCampaign(id: string, { dataDir, of, json }: ShownVersion, screen: Screen): Promise<void> {
  return withEnvironment({ dataDir }, async ({ store }) => {
    const snapshot = await readVersion(store.pool, of);
    const campaign = snapshot.campaigns.find((one) => one.id === id);
    if (campaign === undefined) {
      const known = snapshot.campaigns.map((one) => one.id);
      throw new UsageError(
        `version ${snapshot.version} of the watch list has no campaign \`${id}\`${didYouMean(id, known)}`,
      );
    }
    if (json) screen.json(plainList({ ...snapshot, campaigns: [campaign] }).campaigns[0]);
    else screen.result(formatCampaign(campaign, snapshot));
  });
}
