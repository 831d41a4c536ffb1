import { formatPath } from '@leakwatch/contracts';
import { type EditedList } from './apply-edits.ts';

const MOST_PROBLEMS = 100;

/** Problems with the names of campaign, item or creator in place of their numbers in the list. */
export function describeProblems(
  problems: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  list: EditedList,
): string[] {
  return problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => `${describePlace(path, list)}: ${message}`);
}

function describePlace(path: readonly PropertyKey[], list: EditedList): string {
  const [section, index, part, itemIndex, ...rest] = path;
  if (section === 'creators' && typeof index === 'number') {
    const creator = list.creators[index];
    return join([`creator ${creator?.name ?? creator?.id ?? index}`, path.slice(2)]);
  }
  const campaign = section === 'campaigns' && typeof index === 'number' ? list.campaigns[index] : undefined;
  if (campaign === undefined) return formatPath(path);
  const name = campaign.name === '' ? campaign.id : campaign.name;
  if (part === 'terms' && typeof itemIndex === 'number') {
    return join([`${name}, term ${campaign.terms[itemIndex]?.text ?? itemIndex}`, rest]);
  }
  if (part === 'assets' && typeof itemIndex === 'number') {
    const asset = campaign.assets[itemIndex];
    return join([`${name}, picture ${asset?.name ?? asset?.id ?? itemIndex}`, rest]);
  }
  return join([name, path.slice(2)]);
}

function join([name, rest]: [name: string, rest: readonly PropertyKey[]]): string {
  return rest.length === 0 ? name : `${name}, ${formatPath(rest)}`;
}
