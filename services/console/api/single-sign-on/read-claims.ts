import { z } from 'zod';
import { AccountNameSchema, RoleSchema, type Role } from '../schemas/index.ts';

/** The facts that a provider vouches for. */
export type Claims = Readonly<Record<string, unknown>>;

/** A name of a role at the provider has this in front, so that its group `admin` makes nobody an admin here. */
const ROLE_PREFIX = 'leakwatch-';
const LONGEST_NAME = 80;

/** One text or a list of texts; other values count as none. */
const TextsSchema = z
  .unknown()
  .transform((value): string[] => [value].flat().filter((one) => typeof one === 'string'));

/** The highest role that the claim names; a viewer if it names none. */
export function readRole(claims: Claims, claim: string): Role {
  const named = TextsSchema.parse(claims[claim]);
  return RoleSchema.options.toReversed().find((role) => named.includes(ROLE_PREFIX + role)) ?? 'viewer';
}

/** The campaigns that the claim names; null, which is all, for `*`. */
export function readCampaigns(claims: Claims, claim: string): readonly string[] | null {
  const named = TextsSchema.parse(claims[claim]);
  return named.includes('*') ? null : [...new Set(named)];
}

/** Names for a new account, the best first. A provider lets people choose some of them, so none proves who they are. */
export function namesFor(claims: Claims, issuer: string): string[] {
  const own = [claims['preferred_username'], claims['email'], claims['name'], claims['sub']]
    .filter((value) => typeof value === 'string')
    .map((text) =>
      text
        .normalize('NFKC')
        .trim()
        .replaceAll(/[^\p{L}\p{N}._@-]+/gu, '-')
        .replace(/^[._@-]+/u, ''),
    )
    .filter((text) => text !== '');
  const host = new URL(issuer).hostname.replaceAll(/[^\p{L}\p{N}._@-]+/gu, '-');
  // A name that somebody else has gets the provider behind it: histories tell both apart.
  const choices = own.map((name) =>
    [name, `${name}@${host}`]
      .map((one) => one.slice(0, LONGEST_NAME))
      .filter((one) => AccountNameSchema.safeParse(one).success),
  );
  return choices.find((names) => names.length > 0) ?? [];
}
