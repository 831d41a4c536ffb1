import { pollKey } from '@leakwatch/contracts';
import { accountsNamed, checkAccount, listAccountStandings, loadIngestConfig } from '@leakwatch/ingest';
import { formatMinute, UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { SourceCheckedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';

/** Shows the accounts that ingest polls: a table, or a JSON line for each. */
export async function listSources(
  options: { dataDir: string; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment({ dataDir: options.dataDir });
  try {
    tellDataPlace(environment, screen);
    const standings = await listAccountStandings(environment.store.pool);
    if (options.json) {
      for (const one of standings) screen.result(JSON.stringify(one));
      return;
    }
    if (standings.length === 0) {
      screen.note(
        'no account is polled: give creators accounts of the platforms feed, mastodon or bluesky, and run ingest',
      );
      return;
    }
    const names = await loadNames(environment.store.pool);
    const rows = standings.map((one) => [
      one.platform,
      printable(names.get(`${one.platform} ${one.account}`) ?? one.account, 60),
      one.state,
      formatMinute(one.since),
      one.okAt === null ? 'never' : formatMinute(one.okAt),
      String(one.failures),
      printable(one.problem ?? '', 60),
    ]);
    screen.result(
      formatTable(['platform', 'account', 'state', 'since', 'last heard', 'failures', 'problem'], rows),
    );
  } finally {
    await environment.stop();
  }
}

/** Names for accounts that the watch list pins by an id, which says nothing to people. */
async function loadNames(db: Queryable): Promise<ReadonlyMap<string, string>> {
  const creators = (await loadCurrentWatchList(db))?.creators ?? [];
  return new Map(
    creators.flatMap(({ accounts }) =>
      accounts.map((account) => {
        const shown = account.handle === undefined ? account : { ...account, nativeId: undefined };
        return [`${account.platform.toLowerCase()} ${pollKey(account)}`, pollKey(shown)] as const;
      }),
    ),
  );
}

export interface CheckOptions {
  readonly platform?: string;
  readonly instance?: string;
}

/**
 * Polls one account and shows its newest post.
 * @throws UsageError if it is not heard
 */
export async function checkSource(name: string, options: CheckOptions, screen: Screen): Promise<void> {
  const candidates = accountsNamed(name, options);
  const { outcome, posts, newest } = await checkAccount(candidates, loadIngestConfig(process.env).polls);
  if (outcome.state !== 'ok') throw new UsageError(`${name}: ${outcome.problem ?? 'its host was not asked'}`);
  if (outcome.resolvedUrl !== null) screen.note(`the page names the feed ${outcome.resolvedUrl}`);
  if (outcome.problem !== null) screen.note(outcome.problem);
  screen.note(posts === 0 ? 'an account without posts' : `${posts} posts; the newest:`);
  const { resolvedUrl, problem } = outcome;
  screen.outcome(
    SourceCheckedSchema,
    { account: name, posts, resolvedUrl, problem, newest },
    newest === null ? null : JSON.stringify(newest, null, 2),
  );
}
