import { type ListChange } from '@leakwatch/console/schemas';
import { type Creator } from '@leakwatch/contracts';
import { count, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { formatChanges } from '../screen/watch-list.ts';
import { typed } from '../typed.ts';
import { nameOfAccount } from './pin-accounts.ts';
import { changesBetween, creatorsAsYaml, saveList, withCreators, type OpenedList } from './add-creators.ts';

interface Put {
  readonly to: string | null;
  readonly did: 'changed' | 'would-change' | 'nothing' | 'printed';
  readonly changes: ListChange[];
}

/**
 * Writes creators to the file of a watch list, or shows them.
 *
 * @param list - null: they are printed as YAML
 * @param tell - tells what was done, with its line
 */
export async function putCreators(
  list: OpenedList | null,
  creators: readonly Creator[],
  { dryRun }: { readonly dryRun: boolean },
  screen: Screen,
  tell: (put: Put, line: string | null) => void,
): Promise<void> {
  if (list === null) {
    tell({ to: null, did: 'printed', changes: changesBetween([], creators) }, creatorsAsYaml(creators));
    screen.note('nothing is written: --to FILE adds them to a watch list');
    return;
  }
  const { text, creators: after } = withCreators(list, creators);
  const changes = changesBetween(list.creators, after);
  const put = { to: list.file, changes };
  const lines = formatNewAccounts(changes, list.creators, after);
  if (changes.length === 0) {
    tell({ ...put, did: 'nothing' }, null);
    screen.note(`${list.file} has all of this already: nothing to do`);
  } else if (dryRun) {
    tell({ ...put, did: 'would-change' }, lines);
    screen.note(`${count(changes.length, 'creator', 'creators')} would change; nothing was written`);
  } else {
    await saveList(list, text);
    tell({ ...put, did: 'changed' }, lines);
    screen.note(`${list.file} is written; next:  ${typed('watchlist import', list.file)}`);
  }
}

/** The changes, with a line for each new account. */
function formatNewAccounts(
  changes: readonly ListChange[],
  before: readonly Creator[],
  after: readonly Creator[],
): string {
  const accountsIn = (creators: readonly Creator[], id: string) =>
    creators.find((creator) => creator.id === id)?.accounts ?? [];
  return changes
    .flatMap((change) => {
      const known = accountsIn(before, change.id).length;
      const added = accountsIn(after, change.id).slice(known);
      const fields = change.fields.filter(({ name }) => name !== 'accounts');
      return [
        formatChanges([{ ...change, fields }]),
        ...added.map((account) => `    + ${printable(nameOfAccount(account), 100)}`),
      ];
    })
    .join('\n');
}
