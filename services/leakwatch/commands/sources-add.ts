import { createKnownAccounts, creatorIdFor, withAccounts } from '@leakwatch/console/watch-list';
import { CreatorSchema, type Account, type Creator } from '@leakwatch/contracts';
import { accountsNamed, checkAccount, loadIngestConfig } from '@leakwatch/ingest';
import { UsageError } from '@leakwatch/runtime';
import { SourceAddedSchema } from '../outcomes.ts';
import { count } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { openList } from '../watch-list/add-creators.ts';
import { nameOfAccount } from '../watch-list/pin-accounts.ts';
import { putCreators } from '../watch-list/put-creators.ts';

export interface AddSourceOptions {
  /** The watch list's file; without it, the account is printed. */
  readonly to?: string | undefined;
  readonly creator?: string | undefined;
  readonly name?: string | undefined;
  readonly platform?: string | undefined;
  readonly instance?: string | undefined;
  readonly check: boolean;
  readonly dryRun: boolean;
}

/**
 * Polls an account once and adds it to a watch list's file.
 *
 * @throws UsageError if it is not heard, or another creator has it
 */
export async function addSource(name: string, options: AddSourceOptions, screen: Screen): Promise<void> {
  const list = options.to === undefined ? null : await openList(options.to);
  const before = list?.creators ?? [];
  const account = await findAccount(name, options, screen);
  const owner = createKnownAccounts(before).ownerOf(account);
  const isTaken = (id: string) => before.some((creator) => creator.id === id);
  const creatorId = options.creator ?? owner ?? creatorIdFor(account, isTaken);
  if (owner !== undefined && owner !== creatorId) {
    throw new UsageError(`${nameOfAccount(account)} belongs to the creator ${owner}; nothing was written`);
  }
  const creator = creatorWith(
    before.find(({ id }) => id === creatorId),
    { id: creatorId, name: options.name },
    account,
  );
  await putCreators(list, [creator], options, screen, (put, line) => {
    screen.outcome(SourceAddedSchema, { account, creatorId, ...put }, line);
  });
}

/** The account that is heard under a name, pinned by its id; the likeliest if its platform is not polled. */
async function findAccount(
  name: string,
  { check: isWanted, ...place }: Pick<AddSourceOptions, 'check' | 'platform' | 'instance'>,
  screen: Screen,
): Promise<Account> {
  const candidates = accountsNamed(name, place);
  const [likeliest] = candidates;
  if (likeliest === undefined) throw new UsageError(`${name} names no account`);
  if (!isWanted) return likeliest;
  const { polls } = loadIngestConfig(process.env);
  if (!candidates.some(({ platform }) => polls.platforms.some((one) => one === platform))) {
    screen.note(`${likeliest.platform} is not polled: send its posts to the webhook`);
    return likeliest;
  }
  const { account, outcome, posts, nativeId } = await checkAccount(candidates, polls);
  const { state, problem, resolvedUrl } = outcome;
  if (state !== 'ok') {
    const why = problem ?? 'its host was not asked';
    throw new UsageError(
      `${nameOfAccount(account)}: ${why}\nnothing was written; --no-check adds it all the same`,
    );
  }
  screen.note(`heard on ${account.platform}: ${count(posts, 'post', 'posts')}`);
  if (resolvedUrl !== null) screen.note(`the page names the feed ${resolvedUrl}`);
  if (problem !== null) screen.note(problem);
  return nativeId === null ? account : { ...account, nativeId };
}

function creatorWith(
  known: Creator | undefined,
  { id, name }: { readonly id: string; readonly name: string | undefined },
  account: Account,
): Creator {
  const accounts = [...withAccounts(known?.accounts ?? [], [account])];
  if (known !== undefined) return { ...known, accounts };
  return CreatorSchema.parse({ id, accounts, ...(name === undefined ? {} : { name }) });
}
