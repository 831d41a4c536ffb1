import { z } from 'zod';
import { CANARY_CAMPAIGN_ID } from './canary.ts';
import { InstantSchema, NameIdSchema, SensitivitySchema } from './common.ts';
import { DisclosureSchema } from './disclosure.ts';
import { AlertOnSchema } from './grade.ts';

const LONGEST_TERM = 500;
const LONGEST_QUERY = 8_000;

const MOST_TRANSLATIONS = 50;
const LONGEST_BRIEF = 20_000;

/** A phrase in another language. */
const TranslationSchema = z.strictObject({
  lang: z.string().min(2).max(35),
  text: z.string().min(1).max(LONGEST_TERM),
});

const TermFieldsSchema = z.strictObject({
  id: NameIdSchema,
  text: z.string().min(1).max(LONGEST_QUERY),
  /** `product`, `codename`, `sku`, `hashtag`, `phrase`, `price`, `date` …; sets the matcher's defaults. */
  kind: z.string().optional(),
  lang: z.string().optional(),
  /** What a phrase says in other languages: each is found like the phrase itself. */
  translations: z.array(TranslationSchema).min(1).max(MOST_TRANSLATIONS).optional(),
  /** The text engine's tolerance for this term, over the defaults of its kind. The engine checks it. */
  policy: z.record(z.string(), z.unknown()).optional(),
});
export const TermSchema = TermFieldsSchema.refine(
  ({ kind, text }) => kind === 'query' || text.length <= LONGEST_TERM,
  {
    path: ['text'],
    error: `must have at most ${LONGEST_TERM} characters; a term of the kind \`query\` may have ${LONGEST_QUERY}`,
  },
).refine(({ kind, translations }) => translations === undefined || kind === 'phrase', {
  path: ['translations'],
  error: 'only a term of the kind `phrase` has translations; a name is the same in every language',
});
export type Term = z.infer<typeof TermSchema>;

export const AssetSchema = z.strictObject({
  id: NameIdSchema,
  /** A picture's path, relative to the watch list's own file. */
  file: z.string().min(1),
  name: z.string().optional(),
  /**
   * The grades that raise alerts, over the campaign's: `same`, `part`, and `same-layout` for a picture whose layout is itself the secret, as
   * a template's.
   */
  alertOn: AlertOnSchema.optional(),
  /** `alertOn` of earlier versions, which stored lists still hold. */
  sameLayout: z.enum(['doubt', 'alert']).optional().meta({ deprecated: true }),
  /** A public picture (a published packshot, an empty template, an app's frame): it is never reported, and what a post shares with it is no leak. */
  cleared: z.boolean().optional(),
});
export type Asset = z.infer<typeof AssetSchema>;

export const CampaignSchema = z.strictObject({
  id: NameIdSchema,
  name: z.string().min(1),
  brand: z.string().optional(),
  /** The secret in plain words, as creators were told. It only orders the review of drawn posts. */
  brief: z.string().trim().min(1).max(LONGEST_BRIEF).optional(),
  /** `beauty`, `gaming`, `health` …: the ruleset eases thresholds by niche. */
  niche: z.string().optional(),
  /** Rivals would pay for this secret. */
  competitiveMarket: z.boolean().optional(),
  sensitivity: SensitivitySchema.default('normal'),
  /** Until then the campaign is secret; without an embargo it stays so. */
  embargo: z.strictObject({ liftsAt: InstantSchema }).optional(),
  terms: z.array(TermSchema).default([]),
  assets: z.array(AssetSchema).default([]),
  /** The grades that raise alerts, for assets that name none: `same` and `part` by default. */
  alertOn: AlertOnSchema.optional(),
  /** Ids of the creators who are briefed; without it, all. */
  creators: z.array(NameIdSchema).optional(),
  /** Addresses or native ids of posts that the brand has allowed. */
  approvedPosts: z.array(z.string().min(1)).default([]),
  /** Whole captions that the brand has allowed: a post with exactly this text is no leak. */
  approvedTexts: z.array(z.string().trim().min(1)).optional(),
  /** After the lift, posts with its terms must disclose advertising; without it, they are not checked. */
  disclosure: DisclosureSchema.optional(),
});
export type Campaign = z.infer<typeof CampaignSchema>;

export const AccountSchema = z
  .strictObject({
    platform: NameIdSchema,
    instance: NameIdSchema.optional(),
    nativeId: NameIdSchema.optional(),
    handle: NameIdSchema.optional(),
  })
  .refine((account) => account.nativeId !== undefined || account.handle !== undefined, {
    error: 'needs `nativeId` or `handle`',
  });
export type Account = z.infer<typeof AccountSchema>;

/** The key of an account among those that leakwatch polls on its platform; ingest writes it, coverage reads it. */
export function pollKey({ instance, nativeId, handle }: Account): string {
  const name = nativeId ?? handle ?? '';
  return instance === undefined ? name : `${name}@${instance}`;
}

/** The brand's grade of a creator in one respect: 1 poor to 5 excellent. Absent: unknown. */
const CreatorGradeSchema = z.int().min(1).max(5).optional();

/** The brand's knowledge of a creator; tiers are computed from it. */
export const RiskAttributesSchema = z.strictObject({
  partnerships: z.int().min(0).default(0),
  confirmedLeaks: z.int().min(0).default(0),
  concurrentPartnerships: z.int().min(0).default(0),
  /** Long-term and proven. */
  trusted: z.boolean().default(false),
  /** An open investigation. */
  underInvestigation: z.boolean().default(false),
  followers: z.int().min(0).default(0),
  /** Keeps to briefs and dates. */
  professionalism: CreatorGradeSchema,
  /** Past posts followed the rules, disclosures included. */
  compliance: CreatorGradeSchema,
  audienceRelationship: CreatorGradeSchema,
  /** Sets schedules and embargoes correctly. */
  technicalCapability: CreatorGradeSchema,
  businessMaturity: CreatorGradeSchema,
});
export type RiskAttributes = z.infer<typeof RiskAttributesSchema>;

export const CreatorSchema = z.strictObject({
  id: NameIdSchema,
  name: z.string().optional(),
  accounts: z.array(AccountSchema).default([]),
  /** Hours that their accounts may be quiet before they count as stale; default: the general setting. */
  quietHours: z.int().positive().optional(),
  risk: RiskAttributesSchema.prefault({}),
});
export type Creator = z.infer<typeof CreatorSchema>;

/** Words that are never typos of a term, whatever lists of languages say: `leakwatch words learn` proposes some. */
const OrdinaryWordsSchema = z
  .array(
    z
      .string()
      .min(2)
      .max(60)
      .regex(/^[\p{L}\p{M}]+$/u, 'must be a single word, of letters alone'),
  )
  .max(200_000)
  .optional();

/** A brand's watch list, as its file says it (YAML or JSON). */
export const WatchListSchema = z
  .strictObject({
    campaigns: z.array(CampaignSchema).min(1),
    creators: z.array(CreatorSchema).default([]),
    ordinaryWords: OrdinaryWordsSchema,
  })
  .superRefine((list, context) => {
    const reportTwins = (
      ids: readonly string[],
      at: (index: number) => (string | number)[],
      what: string,
    ) => {
      const seen = new Set<string>();
      ids.forEach((id, index) => {
        if (seen.has(id)) {
          context.addIssue({
            code: 'custom',
            path: at(index),
            message: `${what} \`${id}\` is defined twice`,
          });
        }
        seen.add(id);
      });
    };
    reportTwins(
      list.campaigns.map((campaign) => campaign.id),
      (index) => ['campaigns', index, 'id'],
      'campaign',
    );
    reportTwins(
      list.creators.map((creator) => creator.id),
      (index) => ['creators', index, 'id'],
      'creator',
    );
    const creators = new Set(list.creators.map((creator) => creator.id));
    list.campaigns.forEach((campaign, c) => {
      if (campaign.id === CANARY_CAMPAIGN_ID) {
        const message = `\`${CANARY_CAMPAIGN_ID}\` is the canary's own campaign: choose another id`;
        context.addIssue({ code: 'custom', path: ['campaigns', c, 'id'], message });
      }
      const termsAndAssets = ['terms', 'assets'] as const;
      for (const key of termsAndAssets) {
        reportTwins(
          campaign[key].map((item) => item.id),
          (index) => ['campaigns', c, key, index, 'id'],
          key === 'terms' ? 'term' : 'asset',
        );
      }
      campaign.creators?.forEach((id, index) => {
        if (!creators.has(id)) {
          context.addIssue({
            code: 'custom',
            path: ['campaigns', c, 'creators', index],
            message: `creator \`${id}\` is not among the watch list's creators`,
          });
        }
      });
    });
  });
export type WatchList = z.infer<typeof WatchListSchema>;
/** A watch list before its defaults are filled in. */
export type WatchListInput = z.input<typeof WatchListSchema>;

/** An asset of a stored snapshot: its picture is a blob and its fingerprint is at hand. */
export const RegisteredAssetSchema = z.strictObject({
  ...AssetSchema.shape,
  sha256: z.string(),
  /** Engine that made `fingerprint`. */
  engine: z.string(),
  /** Base64, as the image engine packed it. */
  fingerprint: z.string(),
});
export type RegisteredAsset = z.infer<typeof RegisteredAssetSchema>;

export const RegisteredCampaignSchema = z.strictObject({
  ...CampaignSchema.shape,
  assets: z.array(RegisteredAssetSchema),
});
export type RegisteredCampaign = z.infer<typeof RegisteredCampaignSchema>;

/** One immutable version of the watch list, as every running matcher uses it. */
export const WatchListSnapshotSchema = z.strictObject({
  schemaVersion: z.literal(1),
  version: z.int().min(1),
  createdAt: InstantSchema,
  campaigns: z.array(RegisteredCampaignSchema),
  creators: z.array(CreatorSchema),
  ordinaryWords: OrdinaryWordsSchema,
});
export type WatchListSnapshot = z.infer<typeof WatchListSnapshotSchema>;
