import { z } from 'zod';
import { InstantSchema, IntervalSchema, SeveritySchema } from './common.ts';

const ShareSchema = z.object({
  n: z.int(),
  share: z.number().nullable(),
  interval: IntervalSchema.nullable(),
});
const PercentilesSchema = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export const ProofSchema = z.enum(['yes', 'no', 'not-yet']);

export const PrecisionSchema = z.object({
  /** `all`, `matcher`, `tier`, `rule` or `campaign`. */
  by: z.string(),
  name: z.string(),
  n: z.int(),
  right: z.int(),
  unreviewed: z.int(),
  precision: z.number().nullable(),
  interval: IntervalSchema.nullable(),
  proven: ProofSchema,
});

/** The figures of `leakwatch report`, and series for the charts. */
export const PerformanceSchema = z.object({
  madeAt: InstantSchema,
  since: InstantSchema.nullable(),
  until: InstantSchema.nullable(),
  campaignId: z.string().nullable(),
  target: z.number(),
  precision: z.array(PrecisionSchema),
  /** Verdicts that are still missing until the target can be proven if all are right; null: proven, or it can not be. */
  verdictsToGo: z.int().nullable(),
  recall: z.object({
    estimate: z.number().nullable(),
    interval: IntervalSchema.nullable(),
    proven: ProofSchema,
    drawn: z.int(),
    reviewed: z.int(),
    missesFound: z.int(),
  }),
  detection: z.object({ n: z.int(), latencyMs: PercentilesSchema, within4h: ShareSchema }),
  coverage: z.object({ registered: z.int(), fresh: z.int(), stale: z.int(), uncollectable: z.int() }),
  response: z.object({
    inTime: ShareSchema,
    pending: z.int(),
    answerMs: PercentilesSchema,
    resolutionMs: PercentilesSchema,
  }),
  review: z.object({ waiting: z.int(), minutes: z.number(), minutesPerCreator: z.number().nullable() }),
  /** Detection latencies by their length, the shortest first: the number up to each bound. The last has none. */
  latencies: z.array(z.object({ upToMs: z.int().nullable(), count: z.int() })),
  series: z.object({
    /** One point a day: median and p95 of published → alert, in milliseconds. */
    latency: z.array(z.object({ day: z.string(), n: z.int(), p50: z.number(), p95: z.number() })),
    alerts: z.array(z.object({ day: z.string(), opened: z.int(), resolved: z.int() })),
    /** One point a week, by its Monday. Null: no creator is registered. */
    workload: z.array(
      z.object({
        week: z.string(),
        incidents: z.int(),
        minutes: z.number(),
        incidentsPerCreator: z.number().nullable(),
        minutesPerCreator: z.number().nullable(),
      }),
    ),
  }),
  /** Creators with an incident, those with more than one, and resolved incidents that happened again. */
  recurrence: z.object({ creators: z.int(), again: z.int(), regressions: z.int() }),
  heat: z.array(z.object({ violation: z.string(), severity: SeveritySchema, count: z.int() })),
  byCampaign: z.array(z.object({ name: z.string(), alerts: z.int(), confirmed: z.int() })),
  byNiche: z.array(z.object({ name: z.string(), alerts: z.int(), confirmed: z.int() })),
  byPlatform: z.array(z.object({ name: z.string(), alerts: z.int(), confirmed: z.int() })),
  byTier: z.array(z.object({ tier: z.int(), n: z.int(), inTime: ShareSchema, answerMs: PercentilesSchema })),
});
export type Performance = z.infer<typeof PerformanceSchema>;
