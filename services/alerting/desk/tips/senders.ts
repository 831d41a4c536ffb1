import { hash, timingSafeEqual } from 'node:crypto';
import { SenderClassSchema, type SenderClass } from '@leakwatch/contracts';
import { z } from 'zod';

export interface Sender {
  readonly name: string;
  readonly class: SenderClass;
}

const SHORTEST_TOKEN = 24;

const SenderTokenSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  class: SenderClassSchema,
  token: z.string().min(SHORTEST_TOKEN).max(256),
});
export type SenderToken = z.infer<typeof SenderTokenSchema>;

/** `agency-one:peer:<token>`, several separated by spaces. During a rotation a name may have two. */
export const SenderTokensSchema = z.string().transform((text, context): SenderToken[] => {
  const tokens = text
    .trim()
    .split(/\s+/)
    .map((part) => {
      const [name, senderClass, ...token] = part.split(':');
      return SenderTokenSchema.safeParse({ name, class: senderClass, token: token.join(':') });
    });
  const good = tokens.flatMap(({ data }) => data ?? []);
  if (good.length === tokens.length) return good;
  const classes = SenderClassSchema.options.join(', ');
  context.addIssue(
    `each must be like \`name:class:token\`, with a class of ${classes} and a token of ${SHORTEST_TOKEN} characters or more`,
  );
  return z.NEVER;
});

/**
 * Finds the sender of a header `Authorization: Bearer …`. It takes the same time however much of a wrong token is
 * right.
 */
export function createSenderCheck(
  tokens: readonly SenderToken[],
): (authorization: string | undefined) => Sender | null {
  const known = tokens.map((one) => ({
    sender: { name: one.name, class: one.class },
    digest: digest(one.token),
  }));
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    const matching = known.filter((one) => timingSafeEqual(one.digest, given));
    return matching[0]?.sender ?? null;
  };
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
