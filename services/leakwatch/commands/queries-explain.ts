import { text as readAll } from 'node:stream/consumers';
import { parseWatchList, type Term } from '@leakwatch/contracts';
import { textOfSubmitted } from '@leakwatch/matching';
import { messageOf, UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList } from '@leakwatch/store';
import {
  captionOf,
  explainQuery,
  QueryError,
  type ExplainedQuery,
  type PostText,
} from '@leakwatch/text-matching';
import { openEnvironment } from '../environment.ts';
import { assertPlainText, readPlainText } from '../read-plain-text.ts';
import { readPost } from '../scan/scan-line.ts';
import { printable } from '../screen/format.ts';
import { adviceLines, askedLines, pointAt, triedLines } from '../screen/query.ts';
import { type Screen } from '../screen/screen.ts';
import { readWatchListText } from '../watch-list/read-watch-list-file.ts';

export interface ExplainOptions {
  readonly file?: string;
  readonly term?: string;
  readonly watchlist?: string;
  readonly lang?: string;
  readonly text?: string;
  readonly post?: string;
  readonly json: boolean;
  readonly dataDir: string;
}

const LONGEST_SHOWN = 10_000;

/**
 * Says what a query asks, what is unusual about it, and which of its parts a text meets.
 *
 * @returns the exit code: 0, or 1 for a text that the query does not take
 */
export async function explain(
  query: string | undefined,
  options: ExplainOptions,
  screen: Screen,
): Promise<number> {
  checkSources(query, options);
  const term = await readTerm(query, options);
  const post = await readPostText(options);
  const explained = explainOrPoint(term);
  const tried = post === undefined ? undefined : explained.tryOn(post);
  if (options.json) {
    const { readAs, advice, tree } = explained;
    screen.json({ query: term.text, readAs, advice, ...(tried ?? { tree }) });
  } else {
    if (explained.readAs !== term.text.trim())
      screen.result(`read as: ${printable(explained.readAs, LONGEST_SHOWN)}\n`);
    screen.result(tried === undefined ? 'It takes a post with' : 'It asks for');
    for (const line of tried === undefined ? askedLines(explained.tree) : triedLines(tried.tree))
      screen.result(line);
    for (const line of adviceLines(explained.advice)) screen.problem(line);
    if (tried !== undefined)
      screen.result(`\nThe query ${tried.taken ? 'takes' : 'does not take'} this text.`);
  }
  return tried === undefined || tried.taken ? 0 : 1;
}

/** Refuses a call that names no query or several, or reads standard input twice. */
function checkSources(
  query: string | undefined,
  { file, term, watchlist, text, post }: ExplainOptions,
): void {
  const queries = [query, file, term].filter((source) => source !== undefined);
  if (queries.length !== 1) throw new UsageError('give one query: as an argument, by --file or by --term');
  if (watchlist !== undefined && term === undefined) {
    throw new UsageError('--watchlist needs --term: which of its queries is meant');
  }
  if (text !== undefined && post !== undefined) throw new UsageError('give --text or --post, not both');
  if (file === '-' && (text === '-' || post === '-')) {
    throw new UsageError('standard input holds the query or the text, not both');
  }
}

function explainOrPoint(term: Term): ExplainedQuery {
  try {
    return explainQuery(term);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new UsageError(`${error.message}\n${pointAt(term.text, error.position).join('\n')}`);
  }
}

async function readTerm(query: string | undefined, options: ExplainOptions): Promise<Term> {
  if (options.term !== undefined) return findTerm(options.term, await loadTerms(options));
  const text = query ?? (await readInput(options.file ?? '-', 'the query'));
  const { lang } = options;
  return { id: 'query', kind: 'query', text: text.trim(), ...(lang === undefined ? {} : { lang }) };
}

interface CampaignTerms {
  readonly id: string;
  readonly terms: readonly Term[];
}

async function loadTerms({ watchlist, dataDir }: ExplainOptions): Promise<readonly CampaignTerms[]> {
  if (watchlist !== undefined) return parseWatchList(await readWatchListText(watchlist), watchlist).campaigns;
  const environment = await openEnvironment({ dataDir });
  try {
    const list = await loadCurrentWatchList(environment.store.pool);
    if (list === null) throw new UsageError('no watch list has been imported; name a file by --watchlist');
    return list.campaigns;
  } finally {
    await environment.stop();
  }
}

function findTerm(wanted: string, campaigns: readonly CampaignTerms[]): Term {
  const all = campaigns.flatMap(({ id, terms }) => terms.map((term) => ({ name: `${id}/${term.id}`, term })));
  const named = all.filter(({ name, term }) => name === wanted || term.id === wanted);
  const exact = named.filter(({ name }) => name === wanted);
  const found = exact.length > 0 ? exact : named;
  if (found.length > 1) {
    throw new UsageError(
      `several campaigns have a term \`${wanted}\`: ${found.map(({ name }) => name).join(', ')}`,
    );
  }
  const term = found[0]?.term;
  if (term === undefined) throw new UsageError(`the watch list has no term \`${wanted}\``);
  if (term.kind !== 'query')
    throw new UsageError(`the term \`${wanted}\` is a ${term.kind ?? 'product'}, not a query`);
  return term;
}

async function readPostText({ text, post }: ExplainOptions): Promise<PostText | undefined> {
  if (text !== undefined) return captionOf(text === '-' ? await readInput('-', 'the text') : text);
  if (post === undefined) return undefined;
  const read = readPost({ place: post, checkpoint: null, raw: await readInput(post, 'the post') });
  if (typeof read === 'string') throw new UsageError(`${post === '-' ? 'the post' : post}: ${read}`);
  return textOfSubmitted(read);
}

async function readInput(file: string, what: string): Promise<string> {
  if (file !== '-') return readPlainText(file, what);
  const text = await readAll(process.stdin).catch((error: unknown) => {
    throw new UsageError(`cannot read ${what}: ${messageOf(error)}`);
  });
  assertPlainText(text, 'standard input', what);
  return text;
}
