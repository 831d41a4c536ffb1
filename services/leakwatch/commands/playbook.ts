import {
  checkItem,
  loadPlaybooks,
  loadResponse,
  noteSent,
  type AlertResponse,
} from '@leakwatch/alerting/desk';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { CheckedOffSchema, DraftedSchema, SentSchema } from '../outcomes.ts';
import { readPlainText } from '../read-plain-text.ts';
import { printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

export interface PlaybookOptions {
  readonly dataDir: string;
  /** A YAML file whose playbooks take precedence over the built-in ones. */
  readonly playbooks?: string;
}

/** Shows the steps for an alert, those that people have done, and whether the creator has corrected the posts. */
export async function showPlaybook(
  alert: string,
  options: PlaybookOptions & { readonly json: boolean },
  screen: Screen,
): Promise<void> {
  const response = await withPlaybooks(options, (store, { playbooks }) =>
    loadResponse(store, alert, { playbooks }),
  );
  if (options.json) {
    screen.json(response);
    return;
  }
  const { playbook, sent, posts, correctedAt } = response;
  screen.result(`${playbook.violation}: ${playbook.requestedCorrection}`);
  screen.result(describeChecklist(response));
  if (sent.length === 0) screen.result('message: not sent yet');
  for (const { by, at, via, note, textSha256 } of sent) {
    const way = via === null ? '' : ` via ${printable(via, 60)}`;
    screen.result(`message: sent ${at.toISOString()} by ${printable(by, 40)}${way}, SHA-256 ${textSha256}`);
    if (note !== null) screen.result(`         ${printable(note, 200)}`);
  }
  for (const { name, corrected } of posts) {
    const standing = corrected === null ? 'still stands' : `corrected ${corrected.at} by ${corrected.by}`;
    screen.result(`post ${printable(name, 200)}: ${standing}`);
  }
  screen.result(correctedAt === null ? 'not corrected yet' : `corrected ${correctedAt}`);
}

/** Prints the message to the creator, for a person to send. */
export async function draftMessage(alert: string, options: PlaybookOptions, screen: Screen): Promise<void> {
  const { message } = await withPlaybooks(options, (store, { playbooks }) =>
    loadResponse(store, alert, { playbooks }),
  );
  screen.outcome(DraftedSchema, { message }, message);
}

/** Records an item of the checklist as done or undone, and shows the steps that are left. */
export async function checkPlaybookItem(
  alertId: string,
  item: string,
  { undo, by, ...options }: PlaybookOptions & { readonly undo: boolean; readonly by: string },
  screen: Screen,
): Promise<void> {
  const response = await withPlaybooks(options, (store, loaded) =>
    checkItem(store, { alertId, item, isDone: !undo, by }, loaded),
  );
  const checklist = response.checklist.map(({ done, ...item }) => ({
    ...item,
    done: done === null ? null : { by: done.by, at: done.at.toISOString() },
  }));
  screen.outcome(CheckedOffSchema, { checklist }, describeChecklist(response));
}

export interface SentOptions extends PlaybookOptions {
  readonly by: string;
  readonly via?: string;
  readonly note?: string;
  /** File with the message as it was sent, if it differs from the draft. */
  readonly text?: string;
}

/** Records that a person has sent the message. */
export async function noteMessageSent(
  alertId: string,
  { by, via, note, text: file, ...options }: SentOptions,
  screen: Screen,
): Promise<void> {
  const text = file === undefined ? undefined : await readPlainText(file, 'the message');
  const { sent } = await withPlaybooks(options, (store, loaded) =>
    noteSent(store, { alertId, by, via, note, text }, loaded),
  );
  const last = sent.at(-1);
  if (last === undefined) throw new Error('the note just made is missing');
  const at = last.at.toISOString();
  screen.outcome(
    SentSchema,
    { at, by: last.by, via: last.via, note: last.note, textSha256: last.textSha256 },
    `noted: sent ${at} by ${last.by}, SHA-256 ${last.textSha256}`,
  );
}

function describeChecklist({ checklist }: AlertResponse): string {
  const lines = checklist.map(({ id, text, done }) => {
    const what = text ?? 'no longer in the playbook';
    const who = done === null ? '' : ` (${printable(done.by, 40)}, ${done.at.toISOString()})`;
    return `  [${done === null ? ' ' : 'x'}] ${id}: ${what}${who}`;
  });
  return lines.join('\n');
}

async function withPlaybooks<T>(
  { dataDir, playbooks: file }: PlaybookOptions,
  run: (store: Store, loaded: { playbooks: Awaited<ReturnType<typeof loadPlaybooks>> }) => Promise<T>,
): Promise<T> {
  const playbooks = await loadPlaybooks(file);
  const environment = await openEnvironment({ dataDir });
  try {
    return await run(environment.store, { playbooks });
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}
