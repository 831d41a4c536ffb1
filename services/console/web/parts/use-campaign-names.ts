import { useWatchList } from '../data/system.ts';
import { words } from '../words/index.ts';

/** Writes campaigns by their names, as far as the viewer knows them; null: all. */
export function useCampaignNames(): (campaigns: readonly string[] | null) => string {
  const { data } = useWatchList();
  const names = new Map(data?.campaigns.map(({ id, name }) => [id, name]));
  return (campaigns) =>
    campaigns === null
      ? words.access.allCampaigns
      : campaigns.length === 0
        ? words.none
        : campaigns.map((id) => names.get(id) ?? id).join(', ');
}
