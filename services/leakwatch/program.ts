/**
 * The command line. Each group of commands has a file in program/ with its options. A command's own code is loaded only
 * when it is called, so `scan` does not wait for a database client.
 */
import { Command } from '@commander-js/extra-typings';
import { VERSION } from './build-info.ts';
import { addAudit } from './program/audit.ts';
import { addCompletion } from './program/completion.ts';
import { addCreators } from './program/creators.ts';
import { addDeadLetters } from './program/dead-letters.ts';
import { addDemo } from './program/demo.ts';
import { addDoctor } from './program/doctor.ts';
import { addErase } from './program/erase.ts';
import { addEvidence } from './program/evidence.ts';
import { refuseGivenTwice } from './program/given-twice.ts';
import { addInit } from './program/init.ts';
import { addKeys } from './program/keys.ts';
import { tellMisspelt, withMisspelt } from './program/misspelt.ts';
import { addMan } from './program/man.ts';
import { addNotices } from './program/notices.ts';
import { addNumbers } from './program/numbers.ts';
import { addServerOptions } from './program/over-server.ts';
import { addPlaybook } from './program/playbook.ts';
import { addQueries } from './program/queries.ts';
import { addRescan } from './program/rescan.ts';
import { addRules } from './program/rules.ts';
import { addRun } from './program/run.ts';
import { addScan } from './program/scan.ts';
import { addSources } from './program/sources.ts';
import { addStatus } from './program/status.ts';
import { addTiers } from './program/tiers.ts';
import { addTips } from './program/tips.ts';
import { addTopics } from './program/topics.ts';
import { addTriage } from './program/triage.ts';
import { addUp } from './program/up.ts';
import { addWatchList } from './program/watch-list.ts';
import { addWords } from './program/words.ts';
import { pageThisCall } from './screen/pager.ts';
import { rememberPlace, typed, typedAs } from './typed.ts';

/** In the order of `--help`. */
const GROUPS = [
  addInit,
  addUp,
  addRun,
  addDemo,
  addWatchList,
  addQueries,
  addWords,
  addTriage,
  addEvidence,
  addNotices,
  addPlaybook,
  addTips,
  addTiers,
  addErase,
  addAudit,
  addKeys,
  addRules,
  addStatus,
  addDoctor,
  addCreators,
  addSources,
  addNumbers,
  addRescan,
  addDeadLetters,
  addTopics,
  addScan,
  addCompletion,
  addMan,
];

/** Commands that show a list or a whole thing, and end. */
const PAGED = new Set(['list', 'show', 'timeline', 'history', 'diff', 'coverage', 'report', 'explain']);

export function createProgram(): Command {
  const program: Command = new Command(typedAs())
    .description("Finds leaks of embargoed campaigns in creators' public posts.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      outputError: (message, write) => write(withMisspelt(program, message, process.argv.slice(2))),
    })
    .showHelpAfterError('(--help shows the options)')
    .addHelpText(
      'after',
      `
Try it:
${examples([
  ['demo', 'some hundred recorded posts, from post to alert'],
  ['scan --watchlist list.yaml --posts posts.jsonl', 'a file of posts, without a server'],
  ['up --source mock', 'every service, with invented posts'],
])}

Server: with --server (LEAKWATCH_SERVER) and LEAKWATCH_TOKEN_FILE, triage works over a console, without a database.
Database: the Postgres of DATABASE_URL if that is set, otherwise an embedded one in the data folder.
Exit codes: 0 done, 1 a leak with --fail-on-leak or a problem in the status, 2 a mistake in the call or the
watch list, 3 a scan that could not look at everything, 70 leakwatch failed.`,
    );
  for (const addGroup of GROUPS) addGroup(program);
  tellMisspelt(program);
  program.hook('preAction', rememberPlace);
  program.hook('preAction', (_whole, action) => {
    if (PAGED.has(action.name())) pageThisCall();
  });
  addServerOptions(program);
  refuseGivenTwice(program);
  return program;
}

function examples(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([words]) => typed(words).length));
  return lines.map(([words, what]) => `  ${typed(words).padEnd(width)}  ${what}`).join('\n');
}
