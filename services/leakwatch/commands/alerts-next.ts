import { createInterface } from 'node:readline/promises';
import { changeAlert, type AnalystMove } from '@leakwatch/alerting/desk';
import { loadAlerts } from '@leakwatch/alerting/incidents';
import { readPosts } from '@leakwatch/console/posts';
import { findIncidents } from '@leakwatch/console/queue';
import { type Alert } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { formatTable } from '../screen/format.ts';
import { formatPosts } from '../screen/posts.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';
import { describeAlert } from './alert-show.ts';

/** What a key does; a verdict asks for its reason, for which an empty line takes the one given here. */
const KEYS: Readonly<
  Record<string, { readonly says: string; readonly move: AnalystMove; readonly reason?: string }>
> = {
  c: {
    says: 'confirmed',
    move: { change: 'verdict-given', verdict: 'confirmed' },
    reason: 'a leak, as the post shows',
  },
  f: {
    says: 'false positive',
    move: { change: 'verdict-given', verdict: 'false-positive' },
    reason: 'no leak, as the post shows',
  },
  a: {
    says: 'approved',
    move: { change: 'verdict-given', verdict: 'approved' },
    reason: 'allowed by the brand',
  },
  k: { says: 'acknowledge', move: { change: 'acknowledged' } },
  i: { says: 'investigate', move: { change: 'investigating' } },
};
const LEGEND = `${Object.entries(KEYS)
  .map(([key, { says }]) => `${key} ${says}`)
  .join(' · ')} · s skip · q quit`;

/** What reads a person's answers: a terminal, a pipe, or a test. */
export interface Answers {
  /** The next key; null at the end. */
  key(prompt: string): Promise<string | null>;
  line(prompt: string): Promise<string | null>;
  close(): void;
}

/** Shows the active alerts one by one, the worst first, and does what the keys say. */
export async function workThrough(
  { dataDir, by }: { readonly dataDir: string; readonly by: string },
  screen: Screen,
  answers: Answers = readAnswers(),
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  const { store } = environment;
  const skipped = new Set<string>();
  let done = 0;
  try {
    for (;;) {
      const { alert, left } = await nextAlert(store, { by, skipped });
      if (alert === null) {
        screen.note(left === 0 ? 'no alert waits' : `${left} skipped; none other waits`);
        break;
      }
      await show(store, alert, screen);
      const key = await answers.key(`\n${left} left · ${LEGEND} > `);
      if (key === null || key === 'q') break;
      const chosen = KEYS[key];
      if (chosen === undefined) {
        if (key === 's') skipped.add(alert.id);
        else screen.problem(`\`${key}\` does nothing: ${LEGEND}`);
        continue;
      }
      const given = chosen.reason === undefined ? '' : await answers.line(`reason (${chosen.reason}): `);
      if (given === null) break;
      const reason = given.trim() === '' ? (chosen.reason ?? '') : given;
      try {
        await changeAlert(store, { alertId: alert.id, move: chosen.move, by, reason });
        done += 1;
        screen.result(`alert ${alert.id.slice(0, 8)}: ${chosen.says}`);
      } catch (error) {
        screen.problem(String(asUsageError(error)));
      }
      // Acknowledged or in work, it would come again.
      if (chosen.reason === undefined) skipped.add(alert.id);
    }
    screen.note(`${done} done`);
  } finally {
    answers.close();
    await environment.stop();
  }
}

async function nextAlert(
  store: Store,
  { by, skipped }: { readonly by: string; readonly skipped: ReadonlySet<string> },
): Promise<{ alert: Alert | null; left: number }> {
  const { ids, total } = await findIncidents(store, {
    filter: {},
    order: 'priority',
    limit: skipped.size + 1,
    page: 1,
    at: new Date(),
    me: by,
  });
  const next = ids.filter((id) => !skipped.has(id)).slice(0, 1);
  const [alert = null] = await loadAlerts(store.pool, next);
  return { alert, left: total };
}

async function show(store: Store, alert: Alert, screen: Screen): Promise<void> {
  screen.result('');
  screen.result(formatTable(['alert', alert.id], describeAlert(alert, true)));
  const evidence = await readPosts(store.pool, alert, { campaign: undefined, redacted: false });
  for (const line of formatPosts(evidence)) screen.result(line);
}

/** On a terminal one key is enough; from a pipe each line is an answer. */
function readAnswers(): Answers {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY;
  const open = () => createInterface({ input: stdin, output: stderr, terminal: false });
  const lines = isTerminal ? null : open()[Symbol.asyncIterator]();
  const nextLine = async (prompt: string) => {
    stderr.write(prompt);
    const next = await lines?.next();
    return next === undefined || next.done === true ? null : next.value;
  };
  return {
    key: async (prompt) => {
      if (lines !== null) return nextLine(prompt);
      stderr.write(prompt);
      return pressedKey();
    },
    line: async (prompt) => {
      if (lines !== null) return nextLine(prompt);
      const asking = createInterface({ input: stdin, output: stderr });
      try {
        return await asking.question(prompt);
      } finally {
        asking.close();
      }
    },
    close: () => {
      stdin.pause();
    },
  };
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

function pressedKey(): Promise<string | null> {
  const { stdin, stderr } = process;
  return new Promise((resolve) => {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.once('data', (bytes: Buffer) => {
      stdin.setRawMode(false);
      stdin.pause();
      const key = bytes.toString('utf8');
      stderr.write('\n');
      resolve(key === CTRL_C || key === CTRL_D ? null : key);
    });
  });
}
