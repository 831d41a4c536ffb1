import { type Queryable } from '@leakwatch/store';
import { listCampaignsWithIncidents } from './incidents/queries/campaigns-of-incidents.ts';
import { ProblemError } from './problems.ts';
import { type WatchNames } from './watch-names.ts';

/**
 * The campaigns that an admin names for an account, each once; null: all. Those that left the watch list still count while there are
 * incidents of them, or the account has them already.
 *
 * @throws ProblemError `bad-request` that names the unknown ones
 */
export async function knownCampaigns(
  db: Queryable,
  { campaigns }: Pick<WatchNames, 'campaigns'>,
  named: readonly string[] | null,
  kept: readonly string[] | null = null,
): Promise<string[] | null> {
  if (named === null) return null;
  const each = [...new Set(named)];
  const strange = each.filter((id) => !campaigns.has(id) && kept?.includes(id) !== true);
  const former = strange.length === 0 ? [] : await listCampaignsWithIncidents(db, strange);
  const unknown = strange.filter((id) => !former.includes(id));
  if (unknown.length === 0) return each;
  throw new ProblemError('bad-request', {
    problems: unknown.map((id) => `body/campaigns: there is no campaign \`${id}\``),
  });
}
