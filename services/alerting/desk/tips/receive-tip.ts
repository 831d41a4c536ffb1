import { randomUUID } from 'node:crypto';
import { hashId, sha256Hex, type TipRequest } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { addTip, type TipAddition } from '../queries/tip-add.ts';
import { type Sender } from './senders.ts';

export interface ReceivedTip {
  readonly id: string;
  readonly addition: TipAddition;
}

/**
 * Stores a tip, to be settled later. The same sender's same key means the same tip.
 *
 * @param key - the sender's own, or null
 */
export async function receiveTip(
  db: Queryable,
  request: TipRequest,
  { sender, key }: { sender: Sender; key: string | null },
): Promise<ReceivedTip> {
  const id =
    key === null
      ? hashId('leak-report', randomUUID())
      : hashId('leak-report', sender.class, sender.name, key);
  const addition = await addTip(db, {
    ...request,
    id,
    sender: sender.name,
    senderClass: sender.class,
    bodySha256: sha256Hex(JSON.stringify(request)),
  });
  return { id, addition };
}
