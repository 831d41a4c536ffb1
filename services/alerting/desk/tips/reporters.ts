import { hash, timingSafeEqual } from 'node:crypto';
import { ReporterClassSchema, type ReporterClass } from '@leakwatch/contracts';
import { z } from 'zod';

export interface Reporter {
  readonly name: string;
  readonly class: ReporterClass;
}

const SHORTEST_TOKEN = 24;

const ReporterTokenSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  class: ReporterClassSchema,
  token: z.string().min(SHORTEST_TOKEN).max(256),
});
export type ReporterToken = z.infer<typeof ReporterTokenSchema>;

/** `agency-one:peer:<token>`, several separated by spaces. During a rotation a name may have two. */
export const ReporterTokensSchema = z.string().transform((text, context): ReporterToken[] => {
  const tokens = text
    .trim()
    .split(/\s+/)
    .map((part) => {
      const [name, reporterClass, ...token] = part.split(':');
      return ReporterTokenSchema.safeParse({ name, class: reporterClass, token: token.join(':') });
    });
  const good = tokens.flatMap(({ data }) => data ?? []);
  if (good.length === tokens.length) return good;
  const classes = ReporterClassSchema.options.join(', ');
  context.addIssue(
    `each must be like \`name:class:token\`, with a class of ${classes} and a token of ${SHORTEST_TOKEN} characters or more`,
  );
  return z.NEVER;
});

/**
 * Finds the reporter of a header `Authorization: Bearer …`. It takes the same time however much of a wrong token is
 * right.
 */
export function createReporterCheck(
  tokens: readonly ReporterToken[],
): (authorization: string | undefined) => Reporter | null {
  const known = tokens.map((one) => ({
    reporter: { name: one.name, class: one.class },
    digest: digest(one.token),
  }));
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    const matching = known.filter((one) => timingSafeEqual(one.digest, given));
    return matching[0]?.reporter ?? null;
  };
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
