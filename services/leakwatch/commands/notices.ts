import { findAlert } from '@leakwatch/alerting/desk';
import { listNotices, retryNotices, type NoticeState } from '@leakwatch/alerting/tell';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { RetriedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

export interface NoticesOptions {
  readonly dataDir: string;
  readonly alert?: string;
}

/** Shows every notice of a change or a digest, the newest first. */
export async function showNotices(
  { dataDir, alert, failed, limit, json }: NoticesOptions & { failed: boolean; limit: number; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    tellDataPlace(environment, screen);
    const { store } = environment;
    const alertId = alert === undefined ? {} : { alertId: await idOf(store, alert) };
    const notices = await listNotices(store.pool, { ...alertId, failed, limit });
    if (json) for (const notice of notices) screen.json(notice);
    else if (notices.length === 0) screen.note('no notices');
    else screen.result(formatTable(HEAD, notices.map(rowOf)));
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

/** Makes notices due now that failed or were given up. */
export async function retryNow({ dataDir, alert }: NoticesOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    const { store } = environment;
    const due = await retryNotices(store.pool, alert === undefined ? null : await idOf(store, alert));
    screen.outcome(RetriedSchema, { due }, `${due} ${due === 1 ? 'notice is' : 'notices are'} due now`);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

const HEAD = ['at', 'alert', 'change', 'channel', 'attempts', 'state', 'last error'];
const ID_DIGITS = 8;

function rowOf(notice: NoticeState): string[] {
  return [
    notice.createdAt.toISOString(),
    notice.alertId?.slice(0, ID_DIGITS) ?? '–',
    notice.change,
    notice.channel,
    String(notice.attempts),
    standing(notice),
    printable(notice.lastError ?? '', 60),
  ];
}

function standing({ deliveredAt, gaveUpAt, nextAttemptAt, repeats }: NoticeState): string {
  const repeated = repeats === 0 ? '' : `, repeated ${repeats}×`;
  if (deliveredAt !== null) return `delivered ${deliveredAt.toISOString()}${repeated}`;
  if (gaveUpAt !== null) return `given up ${gaveUpAt.toISOString()}`;
  return `next attempt ${nextAttemptAt.toISOString()}`;
}

async function idOf(store: Store, text: string): Promise<string> {
  const { id } = await findAlert(store, text);
  return id;
}
