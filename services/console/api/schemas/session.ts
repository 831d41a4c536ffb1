import { z } from 'zod';
import { InstantSchema, NameSchema, seenText } from './common.ts';

/** viewer reads, analyst works, lead reads all campaigns' figures and silences, admin keeps accounts. */
export const RoleSchema = z.enum(['viewer', 'analyst', 'lead', 'admin']);
export type Role = z.infer<typeof RoleSchema>;

/** Names that mean something else: in the filter of the queue, and in histories the product itself. */
const RESERVED_NAMES: readonly string[] = ['me', 'nobody', 'leakwatch'];
/** Alphabets whose letters look like those of another one. */
const LOOK_ALIKE_ALPHABETS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Lisu}/u,
];
/** The name that appears in histories: letters, digits, `.`, `_`, `-`, `@`. Two names that look the same would be one person to a reader. */
export const AccountNameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,79}$/u, 'must be letters, digits, or . _ @ -')
  .refine((name) => !RESERVED_NAMES.includes(name.toLowerCase()), 'is a word that leakwatch uses itself')
  // Some letters are invisible, such as the Hangul fillers; fancy ones are plain ones in another form.
  .refine((name) => !/\p{Default_Ignorable_Code_Point}/u.test(name), 'must have no invisible characters')
  .refine((name) => name.normalize('NFKC') === name, 'must be in plain letters')
  .refine(
    // On either side of an `@`: the host of a provider is in Latin letters.
    (name) =>
      name.split('@').every((part) => LOOK_ALIKE_ALPHABETS.filter((one) => one.test(part)).length <= 1),
    'must be in the letters of one alphabet',
  );
/** The least length of a new password. */
export const SHORTEST_PASSWORD = 12;
export const PasswordSchema = z
  .string()
  .min(SHORTEST_PASSWORD, `must have at least ${SHORTEST_PASSWORD} characters`)
  .max(200);

export const SignInSchema = z.strictObject({
  name: z.string().min(1).max(80),
  password: z.string().min(1).max(200),
});

/** True if a provider of the company can be used beside name and password. */
export const SignInMethodsSchema = z.object({ oidc: z.boolean() });
/** Why a sign-in with the provider failed, as the address says it: `/?sign-in=refused`. */
export const SignInFailureSchema = z.enum(['unavailable', 'not-begun', 'refused', 'disabled', 'no-name']);
export type SignInFailure = z.infer<typeof SignInFailureSchema>;

/** Uses the one-time link `/welcome#CODE`: makes the first admin, or sets the password of an invited account. */
export const WelcomeSchema = z.strictObject({
  code: z.string().min(20).max(100),
  name: AccountNameSchema,
  password: PasswordSchema,
});

export const PasswordChangeSchema = z.strictObject({
  current: z.string().min(1).max(200),
  next: PasswordSchema,
});

export const SessionSchema = z.object({
  account: z.object({
    id: z.int(),
    name: z.string(),
    role: RoleSchema,
    /** Campaigns that the account may see; null: all. */
    campaigns: z.array(z.string()).nullable(),
    /** True: terms and pictures are hidden until they are revealed. */
    redacted: z.boolean(),
  }),
  /** Rights of the account, so that a page offers nothing that is refused. */
  may: z.object({ work: z.boolean(), lead: z.boolean(), admin: z.boolean() }),
  expiresAt: InstantSchema,
  version: z.string(),
});
export type Session = z.infer<typeof SessionSchema>;

export const AccountSchema = z.object({
  id: z.int(),
  name: z.string(),
  role: RoleSchema,
  campaigns: z.array(z.string()).nullable(),
  disabled: z.boolean(),
  createdAt: InstantSchema,
  lastSignedInAt: InstantSchema.nullable(),
});
export type Account = z.infer<typeof AccountSchema>;
export const AccountsSchema = z.object({ items: z.array(AccountSchema) });

export const NewAccountSchema = z.strictObject({
  name: AccountNameSchema,
  role: RoleSchema,
  campaigns: z.array(NameSchema).max(1000).nullable(),
});
/** The account, and the one-time link that its owner opens to set a password. */
export const InvitedAccountSchema = z.object({ account: AccountSchema, link: z.string() });

export const AccountChangeSchema = z.strictObject({
  role: RoleSchema.optional(),
  campaigns: z.array(NameSchema).max(1000).nullable().optional(),
  disabled: z.boolean().optional(),
});

export const TokenScopeSchema = z.enum(['read', 'work']);
export const TokenSchema = z.object({
  id: z.int(),
  name: z.string(),
  account: z.string(),
  scopes: z.array(TokenScopeSchema),
  campaigns: z.array(z.string()).nullable(),
  createdAt: InstantSchema,
  expiresAt: InstantSchema,
  lastUsedAt: InstantSchema.nullable(),
  revokedAt: InstantSchema.nullable(),
});
export const TokensSchema = z.object({ items: z.array(TokenSchema) });
export const NewTokenSchema = z.strictObject({
  name: seenText(80),
  scopes: z.array(TokenScopeSchema).min(1),
  campaigns: z.array(NameSchema).max(1000).nullable().default(null),
  days: z.int().min(1).max(365).default(90),
});
/** The secret is shown once. */
export const IssuedTokenSchema = z.object({ token: TokenSchema, secret: z.string() });
