import { readRoster } from '@leakwatch/console/watch-list';
import { RosterFieldSchema, type Roster, type RosterField } from '@leakwatch/console/schemas';
import { type Account, type Creator } from '@leakwatch/contracts';
import { loadIngestConfig, openAccountChecker } from '@leakwatch/ingest';
import { messageOf, readBoundedFile, UsageError } from '@leakwatch/runtime';
import { CreatorsImportedSchema } from '../outcomes.ts';
import { count } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { openList } from '../watch-list/add-creators.ts';
import { checkAccounts, type AccountChecks } from '../watch-list/check-accounts.ts';
import { decodeTable } from '../watch-list/decode-table.ts';
import { nameOfAccount, pinAccounts } from '../watch-list/pin-accounts.ts';
import { putCreators } from '../watch-list/put-creators.ts';

export interface CreatorsImportOptions {
  /** The watch list's file; without it, the creators are printed. */
  readonly to?: string | undefined;
  /** Fields of columns, over those guessed, as `HEAD=FIELD`. */
  readonly map?: readonly string[] | undefined;
  /** The platform of accounts that name none. */
  readonly platform?: string | undefined;
  readonly encoding?: string | undefined;
  readonly dryRun: boolean;
  /** Seconds for which accounts are checked. */
  readonly checkFor: number;
}

const TABLE_BYTES = 16 * 1024 * 1024;
const LEAVE_OUT = '-';
const PROBLEMS_NAMED = 20;

/** Adds the creators of a table to a watch list: all of them, or with a mistake in the table none. */
export async function importCreators(
  file: string,
  options: CreatorsImportOptions,
  screen: Screen,
): Promise<void> {
  const csv = await readTable(file, options.encoding);
  const list = options.to === undefined ? null : await openList(options.to);
  const before = list?.creators ?? [];
  const known = new Map(before.map((creator) => [creator.id, creator]));
  const guessed = readRoster(csv, undefined, known, options).roster;
  const mapping = mappingOf(guessed, options.map ?? []);
  tellColumns(guessed.columns, mapping, screen);
  const { roster, creators } = readRoster(csv, mapping, known, options);
  if (roster.problems.length > 0) throw refusal(file, roster);

  const added = newAccounts(creators, known);
  const checks = await check(added, options, screen);
  tellChecks(checks, screen);
  const pinned = pinAccounts(before, creators, checks.checked);
  for (const { account, owner } of pinned.known) {
    screen.problem(
      `${nameOfAccount(account)} is an account of ${owner} under another name: it is not added again`,
    );
  }
  const outcome = { file, rows: roster.rows, accounts: added.length, checked: checks.checked.size };
  await putCreators(list, pinned.creators, options, screen, (put, line) => {
    screen.outcome(CreatorsImportedSchema, { ...outcome, ...put }, line);
  });
}

async function readTable(file: string, encoding: string | undefined): Promise<string> {
  const bytes = await readBoundedFile(file, TABLE_BYTES).catch((error: unknown) => {
    throw new UsageError(`cannot read the table: ${messageOf(error)}`);
  });
  try {
    return decodeTable(bytes, encoding);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
}

/** The guessed fields, with those that the call names. */
function mappingOf({ columns, mapping }: Pick<Roster, 'columns' | 'mapping'>, given: readonly string[]) {
  const fields = [...mapping];
  for (const pair of given) {
    const at = pair.lastIndexOf('=');
    const [head, name] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const column = columns.findIndex((one) => one.toLowerCase() === head.toLowerCase());
    if (at === -1 || column === -1) {
      throw new UsageError(`--map ${pair}: the table has no column ${head}; it has ${columns.join(', ')}`);
    }
    const field = RosterFieldSchema.safeParse(name).data;
    if (field === undefined && name !== LEAVE_OUT) {
      const all = RosterFieldSchema.options.join(', ');
      throw new UsageError(
        `--map ${pair}: there is no field ${name}; fields are ${all}, and ${LEAVE_OUT} for none`,
      );
    }
    fields[column] = field ?? null;
  }
  return fields;
}

function tellColumns(
  columns: readonly string[],
  mapping: readonly (RosterField | null)[],
  screen: Screen,
): void {
  const read = columns.flatMap((head, index) => (mapping[index] ? [`${head} → ${mapping[index]}`] : []));
  const others = columns.filter((_, index) => !mapping[index]);
  if (read.length > 0) screen.note(`columns: ${read.join(', ')}`);
  if (others.length > 0) screen.note(`not read: ${others.join(', ')}; --map HEAD=FIELD reads one`);
}

function refusal(
  file: string,
  { problems, problemRows }: Pick<Roster, 'problems' | 'problemRows'>,
): UsageError {
  const named = problems
    .slice(0, PROBLEMS_NAMED)
    .map(({ row, cell, message }) => `${file}: row ${row}${cell === null ? '' : `, ${cell}`}: ${message}`);
  const more = problems.length - named.length;
  return new UsageError(
    [
      ...named,
      ...(more > 0 ? [`and ${more} more`] : []),
      `nothing was written: correct ${count(Math.max(problemRows, 1), 'row', 'rows')}`,
    ].join('\n'),
  );
}

/** Accounts that the list does not have. */
function newAccounts(creators: readonly Creator[], known: ReadonlyMap<string, Creator>): Account[] {
  return creators.flatMap(({ id, accounts }) => accounts.slice(known.get(id)?.accounts.length ?? 0));
}

async function check(
  accounts: readonly Account[],
  { checkFor }: Pick<CreatorsImportOptions, 'checkFor'>,
  screen: Screen,
): Promise<AccountChecks> {
  const checker = openAccountChecker(loadIngestConfig(process.env).polls);
  const bar = screen.progress({ total: accounts.length, unit: 'accounts' });
  try {
    const onChecked = (done: number) => {
      bar.update(done);
    };
    return await checkAccounts(accounts, checker, { forMs: checkFor * 1000, onChecked });
  } finally {
    bar.stop();
    await checker.close();
  }
}

function tellChecks({ checked, untried, unpolled }: AccountChecks, screen: Screen): void {
  for (const [account, { outcome }] of checked) {
    if (outcome.state !== 'ok')
      screen.problem(`${nameOfAccount(account)}: ${outcome.problem ?? 'not heard'}`);
  }
  if (untried.length > 0) {
    screen.note(
      `${count(untried.length, 'account was', 'accounts were')} not checked: ingest will, or --check-for longer`,
    );
  }
  if (unpolled.length > 0) {
    const platforms = [...new Set(unpolled.map(({ platform }) => platform))].join(', ');
    screen.note(`not polled: ${platforms}; send their posts to the webhook`);
  }
}
