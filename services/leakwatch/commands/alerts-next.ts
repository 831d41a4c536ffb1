import { changeAlert } from '@leakwatch/alerting/desk';
import { loadAlerts } from '@leakwatch/alerting/incidents';
import { readPosts } from '@leakwatch/console/posts';
import { findIncidents } from '@leakwatch/console/queue';
import { type Alert } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { readAnswers, type Answers } from '../screen/answers.ts';
import { formatTable } from '../screen/format.ts';
import { formatPosts } from '../screen/posts.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';
import { describeAlert } from './alert-show.ts';
import { workOneByOne } from './work-one-by-one.ts';

/** Works through the active alerts of a database. */
export async function workThrough(
  { dataDir, by }: { readonly dataDir: string; readonly by: string },
  screen: Screen,
  answers: Answers = readAnswers(),
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  const { store } = environment;
  try {
    await workOneByOne<Alert>(
      {
        next: (skipped) => nextAlert(store, { by, skipped }),
        show: (alert) => show(store, alert, screen),
        move: async ({ id: alertId }, move, reason) => {
          try {
            await changeAlert(store, { alertId, move, by, reason });
          } catch (error) {
            throw asUsageError(error);
          }
        },
      },
      screen,
      answers,
    );
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
  screen.result(formatTable(['alert', alert.id], describeAlert(alert, true)));
  const evidence = await readPosts(store.pool, alert, { campaign: undefined, hidden: null });
  for (const line of formatPosts(evidence)) screen.result(line);
}
