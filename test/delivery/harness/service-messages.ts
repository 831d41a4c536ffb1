import { z } from 'zod';
import { HaltPointSchema } from './halting.ts';

/** Where a log is, so that another process can open it. A member is dead after `sessionMs`, a server after `answerMs` of silence. */
export const LogAddressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('postgres'),
    /** The database that holds the log; the store's own where it is not reached another way. */
    connectionString: z.string(),
    sessionMs: z.int(),
    answerMs: z.int(),
  }),
  z.object({
    kind: z.literal('kafka'),
    brokers: z.array(z.string()),
    /** Prefix of topics and groups. */
    namespace: z.string(),
    sessionMs: z.int(),
    answerMs: z.int(),
  }),
]);
export type LogAddress = z.infer<typeof LogAddressSchema>;

export const ServiceNameSchema = z.enum(['ingest', 'matcher', 'alerting']);
export type ServiceName = z.infer<typeof ServiceNameSchema>;

/** What a process of services is told when it starts. */
export const ServiceOrderSchema = z.object({
  services: z.array(ServiceNameSchema),
  log: LogAddressSchema,
  databaseUrl: z.string(),
  /** How long the database may be silent before it counts as away. */
  answerMs: z.int(),
  /** Stop there, once it has been come by so many times: until the word to go on, or with the whole process busy for so long. */
  halt: z.object({ point: HaltPointSchema, after: z.int(), busyMs: z.int().optional() }).nullable(),
});
export type ServiceOrder = z.infer<typeof ServiceOrderSchema>;

/** What it says. */
export const ServiceReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('up'), webhook: z.string().nullable() }),
  /** From here on nothing of it moves that came by this point. */
  z.object({ kind: z.literal('halted'), point: HaltPointSchema }),
  z.object({
    kind: z.literal('handled'),
    group: z.string(),
    partition: z.int(),
    /** Offsets in decimal: the batch's first, and one more than its last. */
    first: z.string(),
    next: z.string(),
    aborted: z.boolean(),
  }),
  z.object({ kind: z.literal('log-error'), group: z.string(), code: z.string(), message: z.string() }),
  z.object({
    kind: z.literal('state'),
    /** Group → partitions of its topic. */
    holds: z.record(z.string(), z.array(z.int())),
    residentBytes: z.int(),
  }),
]);
export type ServiceReport = z.infer<typeof ServiceReportSchema>;

export const ServiceCommandSchema = z.enum(['go-on', 'tell-state']);
export type ServiceCommand = z.infer<typeof ServiceCommandSchema>;
