import { hashId } from '@leakwatch/contracts';
import { z } from 'zod';
import { PartlyDeliveredError } from './channel.ts';

/** Stands for an address in the database. */
export function recipientId(address: string): string {
  return hashId('recipient', address);
}

const RefusalSchema = z.object({ recipient: z.string(), responseCode: z.int() });
type Refusal = z.infer<typeof RefusalSchema>;

/**
 * The recipients that a server refused, from nodemailer's answer or error; none if the error is about something else.
 */
export function readRefusals(answer: unknown): Refusal[] {
  return z.object({ rejectedErrors: z.array(RefusalSchema) }).safeParse(answer).data?.rejectedErrors ?? [];
}

/**
 * Returns if everybody has the mail now.
 *
 * @throws PartlyDeliveredError final if all who are left were refused for good, by a reply 5xx (RFC 5321, 4.2.1)
 */
export function settleRecipients({
  everybody,
  reached,
  accepted,
  refusals,
}: {
  readonly everybody: readonly string[];
  readonly reached: readonly string[];
  readonly accepted: readonly string[];
  readonly refusals: readonly Refusal[];
}): void {
  const [first] = refusals;
  if (first === undefined) return;
  const passing = refusals.find(({ responseCode }) => responseCode < 500);
  const code = (passing ?? first).responseCode;
  const many = `${refusals.length} of ${everybody.length} recipients refused`;
  throw new PartlyDeliveredError(`SMTP ${code}: ${many}${passing === undefined ? ' for good' : ''}`, {
    reached: [...new Set([...reached, ...accepted.map(recipientId)])],
    isFinal: passing === undefined,
  });
}
