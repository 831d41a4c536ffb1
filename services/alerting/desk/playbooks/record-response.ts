import { sha256Hex } from '@leakwatch/contracts';
import { type Queryable, type Database } from '@leakwatch/store';
import { z } from 'zod';
import { loadAlert } from '../../incidents/queries/load-alert.ts';
import { lockCreator } from '../../incidents/queries/lock-creator.ts';
import { AlertError, findAlert } from '../find-alert.ts';
import { addResponseAct, listResponseActs, type AnalystAct } from '../queries/response-acts.ts';
import { type Playbook } from './load-playbooks.ts';
import { loadKnownNames, recipientOf, type KnownNames } from './recipient.ts';
import { respondTo, type AlertResponse } from './respond-to.ts';

const BySchema = z.object({ by: z.string().trim().min(1, 'say who you are').max(200) });
const TextSchema = z.string().trim().min(1).max(2000).optional();
/** Kept exactly as sent, white space included: its hash must be that of what the creator got. */
const MessageSchema = z
  .string()
  .max(20_000)
  .refine((text) => text.trim() !== '', 'the message is empty')
  .optional();
const SentSchema = BySchema.extend({ via: TextSchema, note: TextSchema, text: MessageSchema });

export interface ResponseOptions {
  readonly playbooks: readonly Playbook[];
  /** From a watch list that the caller has; without it, the newest is read. */
  readonly names?: KnownNames;
  readonly clock?: () => Date;
}

export interface ItemCheck {
  /** The whole id, or 6 or more of its first digits. */
  readonly alertId: string;
  /** An item of the checklist, by id. */
  readonly item: string;
  readonly isDone: boolean;
  readonly by: string;
}

export interface SentMessage {
  readonly alertId: string;
  readonly by: string;
  /** `e-mail`, `phone` … */
  readonly via?: string | undefined;
  readonly note?: string | undefined;
  /** The text as sent; without it, the current draft. */
  readonly text?: string | undefined;
}

/**
 * Records that a person has done an item of an alert's checklist, or takes that back. Gives the response afterwards.
 *
 * @throws AlertError if there is no such alert or item, the alert is resolved, or the item already stands so; ZodError
 *   if the name is empty
 */
export async function checkItem(
  store: Database,
  { alertId, item, isDone, by }: ItemCheck,
  options: ResponseOptions,
): Promise<AlertResponse> {
  const { by: person } = BySchema.parse({ by });
  return record(store, alertId, options, ({ checklist, playbook }, at) => {
    const known = checklist.find(({ id }) => id === item);
    if (known === undefined) {
      const ids = checklist.map(({ id }) => id).join(', ');
      throw new AlertError(
        'unknown-item',
        `the checklist of ${playbook.violation} has no \`${item}\`: it has ${ids}`,
      );
    }
    const { done } = known;
    if (isDone && done !== null) {
      throw new AlertError(
        'illegal-move',
        `${item} is done already, by ${done.by} at ${done.at.toISOString()}`,
      );
    }
    if (!isDone && done === null) throw new AlertError('illegal-move', `${item} is not done`);
    return { act: isDone ? 'checked' : 'unchecked', item, by: person, at };
  });
}

/**
 * Records that a person has sent the message to the creator: leakwatch sends none. Of the text only the SHA-256 is
 * kept.
 *
 * @throws AlertError if there is no such alert, or it is resolved; ZodError if a name or a text is empty or too long
 */
export async function noteSent(
  store: Database,
  { alertId, by, via, note, text }: SentMessage,
  options: ResponseOptions,
): Promise<AlertResponse> {
  const sent = SentSchema.parse({ by, via, note, text });
  return record(store, alertId, options, ({ message }, at) => ({
    act: 'sent',
    by: sent.by,
    via: sent.via ?? null,
    note: sent.note ?? null,
    textSha256: sha256Hex(sent.text ?? message),
    at,
  }));
}

async function record(
  store: Database,
  alertId: string,
  { clock = () => new Date(), ...options }: ResponseOptions,
  decide: (response: AlertResponse, at: Date) => AnalystAct,
): Promise<AlertResponse> {
  const { id, creatorId } = await findAlert(store, alertId);
  return store.transaction(async (tx) => {
    await lockCreator(tx, creatorId);
    const { response, isResolved } = await load(tx, id, options);
    if (isResolved) {
      throw new AlertError('illegal-move', `alert ${id.slice(0, 8)} is resolved: reopen it first`);
    }
    await addResponseAct(tx, id, decide(response, clock()));
    return (await load(tx, id, options)).response;
  });
}

/**
 * Loads the response to an alert: what to do, and what was done.
 *
 * @throws AlertError if there is no such alert
 */
export async function loadResponse(
  store: Pick<Database, 'pool'>,
  alertId: string,
  options: Omit<ResponseOptions, 'clock'>,
): Promise<AlertResponse> {
  const { id } = await findAlert(store, alertId);
  return (await load(store.pool, id, options)).response;
}

async function load(db: Queryable, id: string, { playbooks, names }: Omit<ResponseOptions, 'clock'>) {
  const alert = await loadAlert(db, id);
  if (alert === null) throw new AlertError('unknown-alert', `alert ${id} is gone`);
  const acts = await listResponseActs(db, id);
  const recipient = recipientOf(alert, names ?? (await loadKnownNames(db)));
  return {
    response: respondTo(alert, playbooks, { acts, recipient }),
    isResolved: alert.state === 'resolved',
  };
}
