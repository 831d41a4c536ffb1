import { CreatorSchema, findTextProblems, formatPath, type Account } from '@leakwatch/contracts';
import { type EditedCreator, type RosterField } from '../../schemas/index.ts';
import { creatorIdFor } from './creator-id.ts';
import { isPlatform } from './guess-columns.ts';
import { withAccounts, type KnownAccounts } from './known-accounts.ts';
import { describeRuin, namesIn, plainCell, readAccount } from './read-account-cell.ts';

interface CellProblem {
  /** Null for the whole row. */
  readonly column: number | null;
  readonly message: string;
}

type ReadRow = { readonly creator: EditedCreator } | { readonly problems: readonly CellProblem[] };

interface RosterSoFar {
  readonly find: (id: string) => EditedCreator | undefined;
  readonly accounts: KnownAccounts;
  /** The platform of accounts that name none; empty: they are refused. */
  readonly platform: string;
}

const YES = new Set(['yes', 'true', '1', 'y', 'x']);
const NO = new Set(['no', 'false', '0', 'n', '']);

/** Reads a row into its creator, merged into the one that is known. */
export function readRow(
  given: readonly string[],
  mapping: readonly (RosterField | null)[],
  { find, accounts: known, platform: usual }: RosterSoFar,
): ReadRow {
  const problems: CellProblem[] = [];
  const refuse = (column: number | null, message: string) => void problems.push({ column, message });
  const cells = given.map(plainCell);
  const columnOf = (field: string) => {
    const column = mapping.findIndex((one) => one === field);
    return column === -1 ? null : column;
  };
  const text = (field: RosterField) => {
    const column = columnOf(field);
    return column === null ? '' : (cells[column] ?? '');
  };
  const whole = (field: RosterField) => {
    const ruin = describeRuin(text(field));
    if (ruin !== null) refuse(columnOf(field), ruin);
    return text(field);
  };
  const count = (field: RosterField) => {
    const cell = text(field);
    if (cell === '') return undefined;
    if (/^\d{1,12}$/.test(cell)) return Number(cell);
    refuse(columnOf(field), `“${cell}” is not a whole number, like 12000`);
    return undefined;
  };
  const flag = (field: RosterField) => {
    const cell = text(field).toLowerCase();
    if (YES.has(cell)) return true;
    if (!NO.has(cell)) refuse(columnOf(field), `“${cell}” is neither yes nor no`);
    return cell === '' ? undefined : false;
  };
  if (given.length > mapping.length) {
    refuse(null, `it has ${given.length} cells and the heads have ${mapping.length}`);
  }
  for (const [column, cell] of given.entries()) {
    // A table that was saved in another encoding looks sound, and its names match nothing.
    const message = findTextProblems(cell)[0]?.message;
    if (message !== undefined) refuse(column, message);
  }
  const givenId = whole('id');
  const risk = defined({
    followers: count('followers'),
    partnerships: count('partnerships'),
    confirmedLeaks: count('confirmedLeaks'),
    concurrentPartnerships: count('concurrentPartnerships'),
    trusted: flag('trusted'),
  });
  const owned: { account: Account; column: number | null }[] = [
    ...rowAccount(text, usual, (field, message) => refuse(columnOf(field), message)).map((account) => ({
      account,
      column: columnOf('handle') ?? columnOf('nativeId'),
    })),
  ];
  for (const [column, field] of mapping.entries()) {
    if (field === null || (field !== 'profile' && !isPlatform(field))) continue;
    for (const name of namesIn(cells[column] ?? '')) {
      const read = readAccount(name, field === 'profile' ? '' : field);
      if ('account' in read) owned.push({ account: read.account, column });
      else refuse(column, read.problem);
    }
  }
  const owners = owned.map(({ account, column }) => ({ owner: known.ownerOf(account), account, column }));
  const ownId =
    owners.find(({ owner }) => owner !== undefined)?.owner ??
    creatorIdFor(owned[0]?.account, (one) => find(one) !== undefined);
  const id = columnOf('id') === null ? ownId : givenId;
  if (id === '' && columnOf('id') !== null) refuse(columnOf('id'), 'the id is missing');
  else if (id === '' && problems.length === 0) refuse(null, 'it names no account');
  for (const { owner, account, column } of owners) {
    if (owner === undefined || owner === id || id === '') continue;
    refuse(
      column,
      `${account.handle ?? account.nativeId ?? ''} on ${account.platform} belongs to the creator ${owner}`,
    );
  }
  const name = text('name') || [text('firstName'), text('lastName')].filter((part) => part !== '').join(' ');
  const quietHours = count('quietHours');
  if (problems.length > 0) return { problems };
  const before = find(id);
  const parsed = CreatorSchema.safeParse({
    ...before,
    id,
    ...(name === '' ? {} : { name }),
    ...(quietHours === undefined ? {} : { quietHours }),
    accounts: withAccounts(
      before?.accounts ?? [],
      owned.map(({ account }) => account),
    ),
    risk: { ...before?.risk, ...risk },
  });
  if (parsed.success) return { creator: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => {
      const field = issue.path.findLast((part) => typeof part === 'string') ?? '';
      return { column: columnOf(field), message: `${formatPath(issue.path)}: ${issue.message}` };
    }),
  };
}

/** Leaves out what a table has no value for, so that it keeps what is known. */
function defined(values: Readonly<Record<string, number | boolean | undefined>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The account that a row names in columns for its platform, handle and id. */
function rowAccount(
  text: (field: RosterField) => string,
  usual: string,
  refuse: (field: RosterField, message: string) => void,
): readonly Account[] {
  const [handle, nativeId, instance] = [text('handle'), text('nativeId'), text('instance')];
  if (text('platform') === '' && handle === '' && nativeId === '') return [];
  const platform = text('platform').toLowerCase() || usual;
  if (/[^\p{L}\p{N}._-]/u.test(platform)) refuse('platform', `“${platform}” is no platform, like instagram`);
  const ruin = describeRuin(nativeId);
  if (ruin !== null) refuse('nativeId', ruin);
  const id = nativeId === '' ? {} : { nativeId };
  if (handle !== '') {
    const read = readAccount(handle, platform, instance);
    if ('account' in read) return [{ ...read.account, ...id }];
    refuse('handle', read.problem);
  } else if (platform === '') refuse('platform', 'the platform of the account is missing');
  else if (nativeId === '') refuse('handle', 'the account has neither a handle nor an id');
  else return [{ platform, ...(instance === '' ? {} : { instance }), ...id }];
  return [];
}
