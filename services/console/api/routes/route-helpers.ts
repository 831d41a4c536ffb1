import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Viewer } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  NameSchema,
  ProblemSchema,
  QueueFilterSchema,
  SeveritySchema,
  TierSchema,
  ViolationSchema,
} from '../schemas/index.ts';

/** The server with schemas as types. */
export function typed(server: FastifyInstance) {
  return server.withTypeProvider<ZodTypeProvider>();
}

/** Every route may answer with a problem. */
export function answers<S extends z.ZodType>(schema: S) {
  return { 200: schema, default: ProblemSchema };
}

/** The viewer, who must be a lead of all campaigns: the machinery works on all at once. */
export function wholeLead({ guard }: Pick<ConsoleContext, 'guard'>, request: FastifyRequest): Viewer {
  const viewer = guard.require(request, 'lead');
  if (viewer.campaigns !== null) throw new ProblemError('forbidden');
  return viewer;
}

export const NothingSchema = z.strictObject({});
/** The width at which a picture is wanted, in pixels; its own without it. */
export const WidthQuery = z.strictObject({ width: z.coerce.number().int().min(16).max(1600).optional() });
/** The whole id, or 6 or more of its first digits. */
export const AlertIdParams = z.object({ id: z.string().min(6).max(64) });

/** A query value that may be repeated. */
function listOf<S extends z.ZodType>(one: S) {
  return z.union([z.array(one), one.transform((value) => [value])]).optional();
}
const FlagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The filter as a query string writes it. One that is misspelt is refused: left out, it would show everything. */
export const FilterQuerySchema = z.strictObject({
  ...QueueFilterSchema.shape,
  state: listOf(QueueFilterSchema.shape.state.unwrap().element),
  severity: listOf(SeveritySchema),
  tier: listOf(z.coerce.number().pipe(TierSchema)),
  campaign: listOf(NameSchema),
  creator: listOf(NameSchema),
  item: listOf(NameSchema),
  rule: listOf(NameSchema),
  assignee: listOf(NameSchema),
  violation: listOf(ViolationSchema),
  platform: listOf(NameSchema),
  snoozed: FlagSchema.optional(),
  overdue: FlagSchema.optional(),
});
