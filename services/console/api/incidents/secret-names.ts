import { type Alert, type RegisteredCampaign, type Term } from '@leakwatch/contracts';
import { hideNames, lettersOfNames } from './find-names.ts';

/** The letters of all names of a campaign: worked out once for each version of the watch list. */
const kept = new WeakMap<RegisteredCampaign, readonly string[]>();

/** The names that nobody may read in an incident that is hidden: those of the whole campaign, and what was found as it was written. */
export function secretNames(alert: Alert, campaign: RegisteredCampaign | undefined): readonly string[] {
  const found = lettersOfNames(foundIn(alert));
  return campaign === undefined ? found : [...found, ...namesOfCampaign(campaign)];
}

/** The names that an incident's row may show: those of the items that were found. */
export function namesFound(alert: Alert, campaign: RegisteredCampaign | undefined): readonly string[] {
  const items = new Set(alert.occurrences.map(({ detection }) => detection.evidence.itemId));
  const terms = campaign?.terms.filter(({ id }) => items.has(id)) ?? [];
  return lettersOfNames([...foundIn(alert), ...terms.flatMap(textsOf)]);
}

function namesOfCampaign(campaign: RegisteredCampaign): readonly string[] {
  const before = kept.get(campaign);
  if (before !== undefined) return before;
  const assets = campaign.assets.flatMap(({ name }) => name ?? []);
  const names = lettersOfNames([...campaign.terms.flatMap(textsOf), ...assets]);
  kept.set(campaign, names);
  return names;
}

/** The parts of a boolean query are no names by themselves. */
function textsOf({ kind, text, translations = [] }: Term): string[] {
  return kind === 'query' ? [] : [text, ...translations.map((one) => one.text)];
}

function foundIn({ occurrences }: Alert): string[] {
  return occurrences.flatMap(({ detection: { evidence } }) =>
    evidence.kind === 'term'
      ? [evidence.matched, ...(evidence.before === undefined ? [] : [evidence.before.matched])]
      : [],
  );
}

/** Gives texts as those may read them for whom names are hidden. */
export type Shown = <T extends string | null>(text: T) => T | string;

/** @param hidden - the names to hide; null: none */
export function showTexts(hidden: readonly string[] | null): Shown {
  return (text) => (text === null || hidden === null ? text : hideNames(text, hidden));
}
