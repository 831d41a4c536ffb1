import { findAlert, loadPlaybooks, respondTo, type AlertResponse } from '@leakwatch/alerting';
import { loadAlert } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

export interface PlaybookOptions {
  readonly dataDir: string;
  /** A YAML file whose playbooks go before the built-in ones. */
  readonly playbooks?: string;
}

/** Shows what is to be done about an alert, and what the creator has done. */
export async function showPlaybook(alert: string, options: PlaybookOptions, screen: Screen): Promise<void> {
  const { playbook, posts, correctedAt } = await responseTo(alert, options);
  screen.result(`${playbook.violation}: ${playbook.requestedCorrection}`);
  for (const { id, text } of playbook.checklist) screen.result(`  [ ] ${id}: ${text}`);
  for (const { name, corrected } of posts) {
    const standing = corrected === null ? 'still stands' : `corrected ${corrected.at} by ${corrected.by}`;
    screen.result(`post ${printable(name, 200)}: ${standing}`);
  }
  screen.result(correctedAt === null ? 'not corrected yet' : `corrected ${correctedAt}`);
}

/** Prints the message to the creator, for a person to send. */
export async function draftMessage(alert: string, options: PlaybookOptions, screen: Screen): Promise<void> {
  const { message } = await responseTo(alert, options);
  screen.result(message);
}

async function responseTo(alert: string, { dataDir, playbooks }: PlaybookOptions): Promise<AlertResponse> {
  const loaded = await loadPlaybooks(playbooks);
  const environment = await openEnvironment({ dataDir });
  try {
    const { store } = environment;
    const { id } = await findAlert(store, alert);
    const found = await loadAlert(store.pool, id);
    if (found === null) throw new Error(`alert ${id} is gone`);
    return respondTo(found, loaded);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}
