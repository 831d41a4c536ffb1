import { CreatorSchema, findTextProblems, formatPath } from '@leakwatch/contracts';
import { RosterFieldSchema, type EditedCreator, type Roster, type RosterField } from '../../schemas/index.ts';
import { parseCsv } from './parse-csv.ts';

const MOST_ROWS = 20_000;
const MOST_PROBLEMS = 200;
const SAMPLE_ROWS = 5;
const UNCLOSED = 'a quotation mark is opened and never closed: the rows after it are not read';

/** Heads that people write for a field; compared without signs and case. */
const HEADS: Readonly<Record<RosterField, readonly string[]>> = {
  id: ['id', 'creatorid', 'creator'],
  name: ['name', 'fullname', 'creatorname', 'displayname'],
  platform: ['platform', 'network', 'channel'],
  instance: ['instance', 'server', 'host'],
  handle: ['handle', 'username', 'account', 'user'],
  nativeId: ['nativeid', 'platformid', 'userid', 'accountid'],
  quietHours: ['quiethours'],
  followers: ['followers', 'audience', 'subscribers'],
  partnerships: ['partnerships', 'deals'],
  confirmedLeaks: ['confirmedleaks', 'leaks'],
  concurrentPartnerships: ['concurrentpartnerships', 'concurrent'],
  trusted: ['trusted'],
};
const YES = new Set(['yes', 'true', '1', 'y', 'x']);
const NO = new Set(['no', 'false', '0', 'n', '']);

export interface ReadRoster {
  readonly roster: Omit<Roster, 'added' | 'changed'>;
  /** Creators of the good rows, merged into those that are known. */
  readonly creators: readonly EditedCreator[];
}

/**
 * Reads creators from a table with one account a row. Rows of one id make one creator. A bad row is left out and told with its
 * cell.
 */
export function readRoster(
  csv: string,
  wanted: readonly (RosterField | null)[] | undefined,
  known: ReadonlyMap<string, EditedCreator>,
): ReadRoster {
  const { heads, rows, unclosed } = parseCsv(csv);
  const mapping = heads.map((head, column) =>
    wanted === undefined ? guess(head) : (wanted[column] ?? null),
  );
  const problems: Roster['problems'] = [];
  if (!mapping.includes('id')) {
    problems.push({ row: 1, cell: null, message: 'no column is mapped to the id of the creator' });
  }
  const twice = RosterFieldSchema.options.find((field) => mapping.filter((one) => one === field).length > 1);
  if (twice !== undefined)
    problems.push({ row: 1, cell: null, message: `two columns are mapped to ${twice}` });
  if (rows.length > MOST_ROWS) {
    problems.push({
      row: MOST_ROWS + 1,
      cell: null,
      message: `${rows.length} rows: at most ${MOST_ROWS} are read at once`,
    });
  }
  const creators = new Map<string, EditedCreator>();
  const seen = new Map<string, number>();
  let problemRows = 0;
  if (problems.length === 0) {
    for (const { row, cells } of rows) {
      const text = cells.join('\n');
      const twin = seen.get(text);
      seen.set(text, twin ?? row);
      if (row === unclosed || twin !== undefined) {
        problemRows += 1;
        problems.push({ row, cell: null, message: twin === undefined ? UNCLOSED : `it repeats row ${twin}` });
        continue;
      }
      const read = readRow(cells, mapping, (id) => creators.get(id) ?? known.get(id));
      if ('creator' in read) creators.set(read.creator.id, read.creator);
      else {
        problemRows += 1;
        problems.push(
          ...read.problems.map(({ column, message }) => ({ row, cell: cellName(column, heads), message })),
        );
      }
    }
  }
  return {
    roster: {
      columns: [...heads],
      mapping,
      sample: rows.slice(0, SAMPLE_ROWS).map(({ cells }) => [...cells]),
      rows: rows.length,
      problems: problems.slice(0, MOST_PROBLEMS),
      problemRows,
    },
    creators: [...creators.values()],
  };
}

function guess(head: string): RosterField | null {
  const plain = head.toLowerCase().replace(/[^a-z]/g, '');
  return RosterFieldSchema.options.find((field) => HEADS[field].includes(plain)) ?? null;
}

/** `C (followers)`: the column as a spreadsheet names it, and its head. */
function cellName(column: number | null, heads: readonly string[]): string | null {
  if (column === null) return null;
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters} (${heads[column] ?? ''})`;
}

interface CellProblem {
  readonly column: number | null;
  readonly message: string;
}

function readRow(
  cells: readonly string[],
  mapping: readonly (RosterField | null)[],
  find: (id: string) => EditedCreator | undefined,
): { creator: EditedCreator } | { problems: CellProblem[] } {
  const problems: CellProblem[] = [];
  const columnOf = (field: string) => {
    const column = mapping.findIndex((one) => one === field);
    return column === -1 ? null : column;
  };
  const text = (field: RosterField) => {
    const column = columnOf(field);
    return column === null ? '' : (cells[column] ?? '');
  };
  const count = (field: RosterField) => {
    const cell = text(field);
    if (cell === '') return undefined;
    if (/^\d{1,12}$/.test(cell)) return Number(cell);
    problems.push({ column: columnOf(field), message: `“${cell}” is not a whole number, like 12000` });
    return undefined;
  };
  const flag = (field: RosterField) => {
    const cell = text(field).toLowerCase();
    if (YES.has(cell)) return true;
    if (!NO.has(cell)) problems.push({ column: columnOf(field), message: `“${cell}” is neither yes nor no` });
    return cell === '' ? undefined : false;
  };
  if (cells.length > mapping.length) {
    problems.push({
      column: null,
      message: `it has ${cells.length} cells and the heads have ${mapping.length}`,
    });
  }
  for (const [column, cell] of cells.entries()) {
    // A table that was saved in another encoding looks sound, and its names match nothing.
    const message = findTextProblems(cell)[0]?.message;
    if (message !== undefined) problems.push({ column, message });
  }
  const id = text('id');
  if (id === '') problems.push({ column: columnOf('id'), message: 'the id is missing' });
  const before = find(id);
  const risk = defined({
    followers: count('followers'),
    partnerships: count('partnerships'),
    confirmedLeaks: count('confirmedLeaks'),
    concurrentPartnerships: count('concurrentPartnerships'),
    trusted: flag('trusted'),
  });
  const account = readAccount(text, (field, message) => problems.push({ column: columnOf(field), message }));
  const name = text('name');
  const quietHours = count('quietHours');
  if (problems.length > 0) return { problems };
  const parsed = CreatorSchema.safeParse({
    ...before,
    id,
    ...(name === '' ? {} : { name }),
    ...(quietHours === undefined ? {} : { quietHours }),
    accounts: withAccount(before?.accounts ?? [], account),
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

type Account = EditedCreator['accounts'][number];

function readAccount(
  text: (field: RosterField) => string,
  refuse: (field: RosterField, message: string) => void,
): Account | null {
  const platform = text('platform').toLowerCase();
  const handle = text('handle').replace(/^@/, '');
  const nativeId = text('nativeId');
  const instance = text('instance');
  if (platform === '' && handle === '' && nativeId === '') return null;
  if (platform === '') refuse('platform', 'the platform of the account is missing');
  else if (handle === '' && nativeId === '') refuse('handle', 'the account has neither a handle nor an id');
  // Such an account would never be heard.
  else if (/[\s/]/.test(handle))
    refuse('handle', `“${handle}” is no handle, which has no spaces and is no address`);
  if (/[^\p{L}\p{N}._-]/u.test(platform)) refuse('platform', `“${platform}” is no platform, like instagram`);
  return {
    platform,
    ...(instance === '' ? {} : { instance }),
    ...(handle === '' ? {} : { handle }),
    ...(nativeId === '' ? {} : { nativeId }),
  };
}

function withAccount(accounts: readonly Account[], account: Account | null): readonly Account[] {
  if (account === null) return accounts;
  const isSame = (one: Account) =>
    one.platform === account.platform &&
    (one.instance ?? '') === (account.instance ?? '') &&
    (account.nativeId === undefined ? one.handle === account.handle : one.nativeId === account.nativeId);
  return accounts.some(isSame) ? accounts : [...accounts, account];
}
