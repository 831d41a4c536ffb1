/**
 * The same command lines over a console's API: `leakwatch --server URL alerts list`. An analyst then needs a token, and
 * never the database's password. The console makes the changes by the functions that the commands themselves call.
 */
import { type Command, Option } from '@commander-js/extra-typings';
import { VerdictKindSchema, type Move } from '@leakwatch/console/schemas';
import { ReviewVerdictSchema } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime/errors';
import { z } from 'zod';
import { type ServerClient } from '../over-server/server-client.ts';
import { didYouMean } from '../nearest-name.ts';
import { tellServerPlace } from '../screen/data-place.ts';
import { terminalScreen, type Screen } from '../screen/screen.ts';
import { filterOf } from './alert-filter.ts';

const ServerOptionsSchema = z.object({
  server: z.string().optional(),
  token: z.string().optional(),
  tokenFile: z.string().optional(),
});

/** Commands that use neither a database nor a server. */
const ALONE = new Set(['scan', 'demo', 'completion', 'doctor', 'init', 'man', 'notices test']);
/** They say where they come from, as they do without a server. */
const LISTS = new Set(['alerts list']);
/** Options about the database or the person; a token says both. */
const LOCAL = ['dataDir', 'by', 'playbooks', 'minutes'];

export function addServerOptions(program: Command): void {
  program
    .addOption(
      new Option('--server <url>', 'work over the API of this console, without a database').env(
        'LEAKWATCH_SERVER',
      ),
    )
    .addOption(
      new Option(
        '--token <token>',
        'a token of that console; other users of this machine may see it here',
      ).env('LEAKWATCH_TOKEN'),
    )
    .addOption(new Option('--token-file <file>', 'a file that holds the token').env('LEAKWATCH_TOKEN_FILE'))
    .hook('preAction', (whole, action) => {
      const options = ServerOptionsSchema.parse(whole.opts());
      const { server } = options;
      const name = nameOf(action);
      if (server === undefined || server === '' || ALONE.has(name)) return;
      const run = OVER_SERVER[name];
      if (run === undefined) {
        throw new UsageError(
          `\`${name}\` works on the database, not over --server or LEAKWATCH_SERVER. ` +
            `Over a server work: ${Object.keys(OVER_SERVER).join(', ')}`,
        );
      }
      for (const option of LOCAL.filter((one) => action.getOptionValueSource(one) === 'cli')) {
        const flag = option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
        throw new UsageError(`--${flag} has no meaning over --server: the token says who you are`);
      }
      const call: Call = { args: ArgumentsSchema.parse(action.processedArgs).flat(), options: action.opts() };
      action.action(async () => {
        const { openServer } = await import('../over-server/server-client.ts');
        const client = await openServer({ ...options, server });
        const screen = terminalScreen(JsonSchema.parse(call.options));
        if (LISTS.has(name)) tellServerPlace(client, screen);
        await run(client, call, screen);
      });
    });
}

/** An argument that may be repeated is an array. */
const ArgumentsSchema = z.array(z.union([z.string(), z.array(z.string())]));

/** `alerts list` */
function nameOf(command: { readonly parent: unknown; name(): string }): string {
  const names: string[] = [];
  for (let one: unknown = command; isCommand(one) && isCommand(one.parent); one = one.parent) {
    names.unshift(one.name());
  }
  return names.join(' ');
}

function isCommand(one: unknown): one is { readonly parent: unknown; name(): string } {
  return typeof one === 'object' && one !== null && 'parent' in one && 'name' in one;
}

interface Call {
  readonly args: readonly string[];
  readonly options: unknown;
}
type Run = (server: ServerClient, call: Call, screen: Screen) => Promise<void>;

const JsonSchema = z.object({ json: z.boolean().default(false) });
const DetailsSchema = z.object({ details: z.boolean(), json: z.boolean() });
const ReasonSchema = z.object({ reason: z.string() });
const ListSchema = z.object({
  sort: z.enum(['time-left', 'priority', 'newest']),
  limit: z.number(),
  page: z.number(),
  details: z.boolean(),
  json: z.boolean(),
});
const MoveOptionsSchema = ReasonSchema.extend({ dryRun: z.boolean() });

type MoveOf = (call: Call) => { readonly ids: readonly string[]; readonly made: Move };

const move =
  (moveOf: MoveOf): Run =>
  async (server, call, screen) => {
    const { chooseAlerts } = await import('../commands/choose-alerts.ts');
    const { moveAllOverServer } = await import('../over-server/alerts.ts');
    const options = MoveOptionsSchema.parse(call.options);
    const { ids, made } = moveOf(call);
    await moveAllOverServer(server, await chooseAlerts(ids, filterOf(call.options)), made, options, screen);
  };

const every =
  (made: (call: Call) => Move): MoveOf =>
  (call) => ({ ids: call.args, made: made(call) });

/** For a move that needs the last word of the call. */
const withLast =
  (what: string, made: (last: string) => Move): MoveOf =>
  ({ args }) => {
    const last = args.at(-1);
    if (last === undefined) throw new UsageError(`say ${what}, after the ids`);
    return { ids: args.slice(0, -1), made: made(last) };
  };

const verdict = move(
  withLast('the verdict', (given) => {
    const kind = VerdictKindSchema.safeParse(given);
    if (kind.success) return { change: 'verdict-given', verdict: kind.data };
    const known = VerdictKindSchema.options;
    throw new UsageError(
      `\`${given}\` is no verdict; use one of ${known.join(', ')}${didYouMean(given, known)}`,
    );
  }),
);

const OVER_SERVER: Readonly<Record<string, Run>> = {
  'alerts list': async (server, { options }, screen) => {
    const { listOverServer } = await import('../over-server/alerts.ts');
    await listOverServer(server, { ...ListSchema.parse(options), filter: filterOf(options) ?? {} }, screen);
  },
  'alerts next': async (server, _call, screen) => {
    const { workThroughOverServer } = await import('../over-server/alerts-next.ts');
    await workThroughOverServer(server, screen);
  },
  'alerts show': async (server, call, screen) => {
    const { showOverServer } = await import('../over-server/alerts.ts');
    const { save } = z.object({ save: z.string().optional() }).parse(call.options);
    if (save !== undefined)
      throw new UsageError('--save works on the database; the console shows the pictures');
    await showOverServer(server, { id: idOf(call), ...DetailsSchema.parse(call.options) }, screen);
  },
  'alerts timeline': async (server, call, screen) => {
    const { showTimelineOverServer } = await import('../over-server/alerts.ts');
    await showTimelineOverServer(server, { id: idOf(call), ...DetailsSchema.parse(call.options) }, screen);
  },
  'alerts acknowledge': move(every(() => ({ change: 'acknowledged' }))),
  'alerts investigate': move(every(() => ({ change: 'investigating' }))),
  'alerts snooze': move(
    every(({ options }) => ({
      change: 'snoozed',
      until: z.object({ until: z.date() }).parse(options).until.toISOString(),
    })),
  ),
  'alerts wake': move(every(() => ({ change: 'snooze-ended' }))),
  'alerts reopen': move(every(() => ({ change: 'reopened' }))),
  'alerts assign': move(
    withLast('to whom', (name) => ({ change: 'assigned', to: name === 'nobody' ? null : name })),
  ),
  'alerts merge': move(withLast('into which', (into) => ({ change: 'merged', into }))),
  'alerts resolve': verdict,
  verdict,
  'review next': async (server, { options }, screen) => {
    const { nextOverServer } = await import('../over-server/review.ts');
    await nextOverServer(server, z.object({ json: z.boolean() }).parse(options), screen);
  },
  'review decide': async (server, call, screen) => {
    const { decideOverServer } = await import('../over-server/review.ts');
    const decision = z
      .object({ verdict: ReviewVerdictSchema, campaign: z.string().optional() })
      .parse(call.options);
    await decideOverServer(server, { id: idOf(call), ...decision }, screen);
  },
  report: async (server, { options }, screen) => {
    const { reportOverServer } = await import('../over-server/report.ts');
    const dates = { since: z.date().optional(), until: z.date().optional() };
    const schema = z.object({ ...dates, campaign: z.string().optional(), json: z.boolean() });
    await reportOverServer(server, schema.parse(options), screen);
  },
  'playbook show': async (server, call, screen) => {
    const { showPlaybookOverServer } = await import('../over-server/playbook.ts');
    const { json } = z.object({ json: z.boolean() }).parse(call.options);
    await showPlaybookOverServer(server, { id: idOf(call), json }, screen);
  },
  'playbook draft': async (server, call, screen) => {
    const { draftOverServer } = await import('../over-server/playbook.ts');
    await draftOverServer(server, idOf(call), screen);
  },
  'playbook check': async (server, call, screen) => {
    const { checkOverServer } = await import('../over-server/playbook.ts');
    const { undo } = z.object({ undo: z.boolean() }).parse(call.options);
    await checkOverServer(server, { id: idOf(call), item: call.args[1] ?? '', undo }, screen);
  },
  'playbook sent': async (server, call, screen) => {
    const { noteSentOverServer } = await import('../over-server/playbook.ts');
    const text = z.string().optional();
    const sent = z.object({ via: text, note: text, text }).parse(call.options);
    await noteSentOverServer(server, { id: idOf(call), ...sent }, screen);
  },
};

function idOf({ args: [id = ''] }: Call): string {
  return id;
}
