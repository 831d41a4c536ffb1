import { type RosterField, type Roster, type EditedCreator } from '../../schemas/index.ts';
import { guessColumns, holdsAccounts } from './guess-columns.ts';
import { createKnownAccounts } from './known-accounts.ts';
import { parseCsv } from './parse-csv.ts';
import { readRow } from './read-row.ts';

const MOST_ROWS = 20_000;
const MOST_PROBLEMS = 200;
const SAMPLE_ROWS = 5;

export interface ReadRoster {
  readonly roster: Omit<Roster, 'added' | 'changed'>;
  /** Creators of the good rows, merged into those that are known. */
  readonly creators: readonly EditedCreator[];
}

/**
 * Reads creators and their accounts from a table. Rows of one id make one creator; a row without an id is the creator who has its
 * account, or a new one. A bad row is left out and told with its cell.
 */
export function readRoster(
  csv: string,
  wanted: readonly (RosterField | null)[] | undefined,
  known: ReadonlyMap<string, EditedCreator>,
  { platform = '' }: { /** Of accounts that name none. */ readonly platform?: string | undefined } = {},
): ReadRoster {
  const { heads, rows, broken } = parseCsv(csv);
  const mapping =
    wanted === undefined ? guessColumns(heads) : heads.map((_, column) => wanted[column] ?? null);
  const problems: Roster['problems'] = [];
  const whole = (row: number, message: string) => void problems.push({ row, cell: null, message });
  const isMapped = mapping.some((field) => field === 'id' || (field !== null && holdsAccounts(field)));
  if (!isMapped) whole(1, 'no column is mapped to the id of the creator, or to an account');
  const twice = mapping.find(
    (field, index) => field !== null && !mayRepeat(field) && mapping.indexOf(field) !== index,
  );
  if (typeof twice === 'string') whole(1, `two columns are mapped to ${twice}`);
  if (rows.length > MOST_ROWS) {
    whole(MOST_ROWS + 1, `${rows.length} rows: at most ${MOST_ROWS} are read at once`);
  }
  const creators = new Map<string, EditedCreator>();
  const find = (id: string) => creators.get(id) ?? known.get(id);
  const accounts = createKnownAccounts(known.values());
  const seen = new Map<string, number>();
  let problemRows = 0;
  if (problems.length === 0) {
    for (const { row, cells } of rows) {
      const text = cells.join('\n');
      const twin = seen.get(text);
      seen.set(text, twin ?? row);
      if (twin !== undefined) {
        problemRows += 1;
        whole(row, `it repeats row ${twin}`);
        continue;
      }
      const read = readRow(cells, mapping, { find, accounts, platform });
      if ('creator' in read) {
        creators.set(read.creator.id, read.creator);
        accounts.add(read.creator);
      } else {
        problemRows += 1;
        for (const { column, message } of read.problems) {
          problems.push({ row, cell: cellName(column, heads), message });
        }
      }
    }
    if (broken !== null) {
      problemRows += 1;
      whole(broken.row, broken.message);
    }
  }
  return {
    roster: {
      columns: [...heads],
      mapping,
      sample: rows.slice(0, SAMPLE_ROWS).map(({ cells }) => [...cells]),
      rows: rows.length + (broken === null ? 0 : 1),
      problems: problems.slice(0, MOST_PROBLEMS),
      problemRows,
    },
    creators: [...creators.values()],
  };
}

/** A table may have several columns of accounts; of a row's own account it has one. */
function mayRepeat(field: RosterField): boolean {
  return holdsAccounts(field) && field !== 'handle' && field !== 'nativeId';
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
