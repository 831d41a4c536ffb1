import { z } from 'zod';
import { InstantSchema, NameIdSchema } from './common.ts';

/** Bounds of an estimate at 95 % confidence. */
const BoundsSchema = z.strictObject({ low: z.number(), high: z.number() });
const ShareSchema = z.number().min(0).max(1);

/** `yes` and `no` only if the whole interval lies on one side. */
export const ProofSchema = z.enum(['yes', 'no', 'not-yet']);

/** Share of the true ones called true; share of the false ones called false. */
const JudgeSchema = z.strictObject({ sensitivity: ShareSchema, specificity: ShareSchema });

/** A count out of `n`, with Wilson's interval; no share if n is 0. */
const CountedShareSchema = z.strictObject({
  n: z.int().min(0),
  share: ShareSchema.nullable(),
  interval: BoundsSchema.nullable(),
});

const PrecisionGroupSchema = z.strictObject({
  /** The property that groups the alerts. */
  by: z.enum(['all', 'matcher', 'tier', 'rule', 'campaign']),
  name: z.string(),
  /** Alerts with a verdict, duplicates left out. */
  n: z.int().min(0),
  /** Alerts among those that were confirmed, or approved although the match was right. */
  right: z.int().min(0),
  unreviewed: z.int().min(0),
  /** Corrected for the reviewers' error rates; null while n is 0. */
  precision: ShareSchema.nullable(),
  interval: BoundsSchema.nullable(),
  /** Says if the precision is proven to reach the target. */
  proven: ProofSchema,
});
export type PrecisionGroup = z.infer<typeof PrecisionGroupSchema>;

/** Durations in milliseconds, by nearest rank; null if there are none. */
const PercentilesSchema = z.strictObject({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

/** Figures of the detection's quality (docs/use/numbers.md). None of them counts the canary. */
export const ReportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  madeAt: InstantSchema,
  /** Alerts opened and posts drawn from `since` on and before `until`; null: without that end. */
  since: InstantSchema.nullable(),
  until: InstantSchema.nullable(),
  campaignId: NameIdSchema.nullable(),
  /** Error rates assumed for verdicts on alerts and on drawn posts. */
  reviewers: z.strictObject({ alerts: JudgeSchema, samples: JudgeSchema }),
  /** The share that `proven` refers to. */
  target: ShareSchema,
  precision: z.array(PrecisionGroupSchema).min(1),
  recall: z.strictObject({
    /** Null while one side has no verdict. */
    estimate: ShareSchema.nullable(),
    interval: BoundsSchema.nullable(),
    proven: ProofSchema,
    /** Leaking posts in alerts, estimated from the alerts with verdicts. */
    caught: z.number().nullable(),
    /** Leaking posts without an alert, estimated from the samples. */
    missed: z.number().nullable(),
    /** Samples drawn, reviewed, and found to be leaks that no alert had. */
    drawn: z.int().min(0),
    reviewed: z.int().min(0),
    missesFound: z.int().min(0),
  }),
  /** How often the verdicts of a sample and of its alert agree. */
  agreement: CountedShareSchema,
  detection: z.strictObject({
    /** Alerts that are confirmed or not judged yet, and leaks that only a review found. It includes late discoveries. */
    n: z.int().min(0),
    latencyMs: PercentilesSchema,
    within4h: CountedShareSchema,
  }),
  coverage: z.strictObject({
    registered: z.int().min(0),
    fresh: z.int().min(0),
    stale: z.int().min(0),
    uncollectable: z.int().min(0),
  }),
  response: z.strictObject({
    /** Alerts answered by a person or past their deadline, and how many of them were answered in time. */
    inTime: CountedShareSchema,
    /** Within their deadline and not answered yet. */
    pending: z.int().min(0),
    answerMs: PercentilesSchema,
    resolutionMs: PercentilesSchema,
  }),
  review: z.strictObject({
    waiting: z.int().min(0),
    minutes: z.number().min(0),
    /** Null without creators. */
    minutesPerCreator: z.number().min(0).nullable(),
  }),
});
export type Report = z.infer<typeof ReportSchema>;
