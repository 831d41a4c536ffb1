import { z } from 'zod';
import { HaltPointSchema } from './halting.ts';

/** Address of a log, for another process to open it. Silence counts as death after `sessionMs` for a member, after `answerMs` for a server. */
const LogAddressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('postgres'),
    /** The database that holds the log; the store's own by default. */
    connectionString: z.string(),
    sessionMs: z.int(),
    answerMs: z.int(),
  }),
  z.object({
    kind: z.literal('kafka'),
    brokers: z.array(z.string()),
    /** Prefix of topics and groups. */
    namespace: z.string(),
    /** How to sign in, where the brokers ask for it: over TLS, by SCRAM. */
    account: z.object({ ca: z.string(), username: z.string(), password: z.string() }).optional(),
    sessionMs: z.int(),
    answerMs: z.int(),
  }),
]);
export type LogAddress = z.infer<typeof LogAddressSchema>;

const ServiceNameSchema = z.enum(['ingest', 'matcher', 'alerting']);
export type ServiceName = z.infer<typeof ServiceNameSchema>;

/** First message to a process of services. */
export const ServiceOrderSchema = z.object({
  services: z.array(ServiceNameSchema),
  log: LogAddressSchema,
  databaseUrl: z.string(),
  /** How long the database may be silent before it counts as away. */
  answerMs: z.int(),
  /** Halt at this point after so many passes: until told to go on, or by blocking the whole process for a while. */
  halt: z.object({ point: HaltPointSchema, after: z.int(), busyMs: z.int().optional() }).nullable(),
});
export type ServiceOrder = z.infer<typeof ServiceOrderSchema>;

/** Messages from the process. */
export const ServiceReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('up'), webhook: z.string().nullable() }),
  /** From now on, whatever reached this point stands still. */
  z.object({ kind: z.literal('halted'), point: HaltPointSchema }),
  z.object({
    kind: z.literal('handled'),
    group: z.string(),
    partition: z.int(),
    /** Offsets in decimal: the batch's first, and its last plus one. */
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
