/**
 * The lines that commands which do something print with `--json`. Commands that show something print what they show. Fields are
 * added, and neither renamed nor removed within a major version; docs/use/outcomes.schema.json is made from these schemas.
 */
import { ListChangeSchema, VerdictKindSchema } from '@leakwatch/console/schemas';
import {
  AccountSchema,
  GradeSchema,
  InstantSchema,
  ReviewVerdictSchema,
  TierSchema,
} from '@leakwatch/contracts';
import { z } from 'zod';

const CountSchema = z.int().min(0);

export const MovedSchema = z.strictObject({
  /** Whole, or as it was given if it was refused. */
  id: z.string(),
  change: z.string(),
  did: z.enum(['changed', 'would-change', 'refused']),
  verdict: VerdictKindSchema.nullable(),
  /** Where the alert stands now; null: nothing was changed. */
  state: z.string().nullable(),
  resolution: z.string().nullable(),
  assignee: z.string().nullable(),
  snoozedUntil: InstantSchema.nullable(),
  /** Why it was refused. */
  problem: z.string().nullable(),
});

export const SilencedSchema = z.strictObject({
  id: z.string(),
  creatorId: z.string().nullable(),
  campaignId: z.string().nullable(),
  itemId: z.string().nullable(),
  tier: TierSchema.nullable(),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  reason: z.string(),
  madeBy: z.string(),
  endedBy: z.string().nullable(),
});

export const HeldSchema = z.strictObject({
  alertId: z.string(),
  held: z.boolean(),
  by: z.string(),
  reason: z.string().nullable(),
});

export const CaseWrittenSchema = z.strictObject({
  alertId: z.string(),
  to: z.string(),
  files: CountSchema,
  occurrences: CountSchema,
  occurrencesWithout: CountSchema,
  /** Media that were never fetched. */
  missingMedia: CountSchema,
  /** Files whose bytes differ from those preserved. */
  changed: z.array(z.string()),
});

export const ListCheckedSchema = z.strictObject({
  file: z.string(),
  /** Null: it was only checked. */
  version: z.int().nullable(),
  campaigns: CountSchema,
  terms: CountSchema,
  assets: CountSchema,
  creators: CountSchema,
  warnings: z.array(z.strictObject({ campaignId: z.string(), text: z.string() })),
});

const ItemSchema = { campaignId: z.string(), assetId: z.string() };

export const ListValidatedSchema = ListCheckedSchema.extend({
  /** Of each secret asset that was tried, the leaks in which it is found and missed, and what it may be taken for. */
  trials: z.array(
    z.strictObject({
      ...ItemSchema,
      found: z.array(z.string()),
      missed: z.array(z.string()),
      near: z.array(z.strictObject({ ...ItemSchema, cleared: z.boolean(), grade: GradeSchema })),
    }),
  ),
  /** Secret assets that there was no time to try. */
  untried: CountSchema,
});

export const RolledBackSchema = z.strictObject({
  did: z.enum(['changed', 'would-change', 'nothing']),
  backTo: z.int(),
  /** The newest version now. */
  version: z.int(),
  changes: z.array(ListChangeSchema),
});

export const ListWrittenSchema = z.strictObject({
  version: z.int(),
  file: z.string(),
  /** Pictures that are not kept any more. */
  missing: z.array(z.string()),
});

export const LearnedSchema = z.strictObject({
  ordinaryWords: z.array(z.string()),
  cleanPosts: CountSchema,
  postsWithTerm: CountSchema,
  unreadable: CountSchema,
});

export const RetriedSchema = z.strictObject({ due: CountSchema });

export const TriedSchema = z.strictObject({ channel: z.string(), took: z.literal(true) });

export const DraftedSchema = z.strictObject({ message: z.string() });

export const CheckedOffSchema = z.strictObject({
  checklist: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string().nullable(),
      done: z.strictObject({ by: z.string(), at: InstantSchema }).nullable(),
    }),
  ),
});

export const SentSchema = z.strictObject({
  at: InstantSchema,
  by: z.string(),
  via: z.string().nullable(),
  note: z.string().nullable(),
  /** Null over a server. */
  textSha256: z.string().nullable(),
});

export const TippedSchema = z.strictObject({ id: z.string(), state: z.literal('waiting') });

export const TipDecidedSchema = z.strictObject({
  id: z.string(),
  decision: z.enum(['dismiss', 'attach', 'review']),
  verdict: ReviewVerdictSchema.nullable(),
  alertId: z.string().nullable(),
  campaignId: z.string().nullable(),
  reason: z.string().nullable(),
});

export const PinnedSchema = z.strictObject({
  creatorId: z.string(),
  campaignId: z.string(),
  /** Null: the rules decide again. */
  tier: TierSchema.nullable(),
  expiresAt: InstantSchema.nullable(),
});

export const AuditCheckedSchema = z.strictObject({
  whole: z.boolean(),
  lines: CountSchema,
  head: z.string(),
  fault: z.string().nullable(),
});

export const MasterKeyMadeSchema = z.strictObject({ masterKey: z.string() });

export const RewrittenSchema = z.strictObject({
  keyId: z.string(),
  isNew: z.boolean(),
  values: CountSchema,
  /** Values that another call has to encrypt. */
  left: CountSchema,
  deletedKeys: CountSchema,
});

export const MasterChangedSchema = z.strictObject({
  before: z.string().nullable(),
  master: z.string().nullable(),
  dataKeys: CountSchema,
});

export const DecryptedSchema = z.strictObject({
  values: CountSchema,
  left: CountSchema,
  deletedKeys: CountSchema,
});

export const RulesCheckedSchema = z.strictObject({
  file: z.string(),
  hash: z.string(),
  active: CountSchema,
  shadow: CountSchema,
  draft: CountSchema,
  riskFactors: CountSchema,
  niches: CountSchema,
});

export const RuleTestedSchema = z.strictObject({
  ruleId: z.string(),
  kind: z.string(),
  name: z.string(),
  passed: z.boolean(),
  failure: z.string().nullable(),
});

const AddedSchema = {
  /** Null: it was printed as YAML. */
  to: z.string().nullable(),
  did: z.enum(['changed', 'would-change', 'nothing', 'printed']),
  changes: z.array(ListChangeSchema),
};

export const CreatorsImportedSchema = z.strictObject({
  file: z.string(),
  ...AddedSchema,
  rows: CountSchema,
  /** New accounts, and those of them that were polled once. */
  accounts: CountSchema,
  checked: CountSchema,
});

export const SourceAddedSchema = z.strictObject({
  account: AccountSchema,
  creatorId: z.string(),
  ...AddedSchema,
});

export const SourceCheckedSchema = z.strictObject({
  account: z.string(),
  posts: CountSchema,
  /** The feed that the page names. */
  resolvedUrl: z.string().nullable(),
  problem: z.string().nullable(),
  /** As in submitted-post.schema.json. */
  newest: z.unknown(),
});

export const SampleDecidedSchema = z.strictObject({
  id: z.string(),
  verdict: ReviewVerdictSchema,
  /** Null over a server. */
  minutes: z.number().nullable(),
  missed: z.boolean(),
});

export const RescanStartedSchema = z.strictObject({
  /** Null: it was only estimated. */
  id: z.string().nullable(),
  fingerprints: CountSchema,
  seconds: z.number().nullable(),
});

export const RescanChangedSchema = z.strictObject({
  id: z.string(),
  change: z.enum(['pause', 'resume', 'cancel']),
});

export const ReplayedSchema = z.strictObject({
  id: z.string(),
  replayed: z.boolean(),
  problem: z.string().nullable(),
});

export const TopicSchema = z.strictObject({
  topic: z.string(),
  state: z.enum(['created', 'missing', 'differs']),
  what: z.string().nullable(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});
