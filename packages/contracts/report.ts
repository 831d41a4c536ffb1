import { z } from 'zod';
import { InstantSchema, NameIdSchema } from './common.ts';

/** Bounds of an estimate at 95 % confidence. */
const BoundsSchema = z.strictObject({ low: z.number(), high: z.number() });
const ShareSchema = z.number().min(0).max(1);

/** `yes` and `no` only where the whole interval lies on one side. */
export const ProofSchema = z.enum(['yes', 'no', 'not-yet']);

/** Of what is so, the share that is called so; of what is not so, the share that is called not so. */
const JudgeSchema = z.strictObject({ sensitivity: ShareSchema, specificity: ShareSchema });

/** How many of so many, with Wilson's interval; no share of nothing. */
const CountedShareSchema = z.strictObject({
  n: z.int().min(0),
  share: ShareSchema.nullable(),
  interval: BoundsSchema.nullable(),
});

const PrecisionGroupSchema = z.strictObject({
  /** What the alerts have in common. */
  by: z.enum(['all', 'matcher', 'tier', 'rule', 'campaign']),
  name: z.string(),
  /** Alerts with a verdict, duplicates left out. */
  n: z.int().min(0),
  /** Of those: what was confirmed or, though the match was right, approved. */
  right: z.int().min(0),
  unreviewed: z.int().min(0),
  /** Corrected for the reviewers' error rates; null while n is 0. */
  precision: ShareSchema.nullable(),
  interval: BoundsSchema.nullable(),
  /** Whether it is proven to be at least the target. */
  proven: ProofSchema,
});
export type PrecisionGroup = z.infer<typeof PrecisionGroupSchema>;

/** A duration of several, in milliseconds, by nearest rank; null of none. */
const PercentilesSchema = z.strictObject({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

/** How good the detection is, as far as the numbers show it (docs/use/numbers.md). The canary is in none of them. */
export const ReportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  madeAt: InstantSchema,
  /** Alerts opened and posts drawn from `since` on and before `until`; null: without that end. */
  since: InstantSchema.nullable(),
  until: InstantSchema.nullable(),
  campaignId: NameIdSchema.nullable(),
  /** What was taken for the share of verdicts that are right: of those on alerts, and of those on drawn posts. */
  reviewers: z.strictObject({ alerts: JudgeSchema, samples: JudgeSchema }),
  /** What `proven` asks for. */
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
  /** Samples with a verdict whose alert has one too: how often the two agree. */
  agreement: CountedShareSchema,
  detection: z.strictObject({
    /** Alerts that are confirmed or not judged yet, and leaks that only a review has found: late discoveries are among them. */
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
    /** Alerts that somebody has answered, or whose deadline has passed: how many were answered in time. */
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
