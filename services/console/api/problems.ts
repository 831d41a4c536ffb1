import { ProposalError } from '@leakwatch/alerting/agree';
import { AlertError, StaleAlertError } from '@leakwatch/alerting/desk';
import { describeIssues } from '@leakwatch/contracts';
import { TierError } from '@leakwatch/alerting/tiers';
import { RescanError } from '@leakwatch/rescan';
import { UsageError, type Logger } from '@leakwatch/runtime';
import { StaleWatchListError, StoreError } from '@leakwatch/store';
import { EngineUnavailableError, ImageError } from '@leakwatch/image-matching';
import { TermError } from '@leakwatch/text-matching';
import { RulesetError } from '@leakwatch/tier-rules';
import { type FastifyError, type FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ZodError } from 'zod';
import { type Problem, type ProblemCode } from './schemas/index.ts';

const KINDS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'bad-request': { status: 400, title: 'The request is wrong' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'Name or password is wrong' },
  'locked-out': { status: 429, title: 'Too many failed sign-ins' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing, or you may not see it' },
  'bad-picture': { status: 422, title: 'The picture cannot be used' },
  'cross-site': { status: 403, title: 'The request does not come from the console' },
  'illegal-move': { status: 409, title: 'Its state does not allow this' },
  stale: { status: 409, title: 'Somebody has changed it since' },
  'undo-over': { status: 409, title: 'It can no longer be taken back' },
  'count-changed': { status: 409, title: 'The selection has changed since the preview' },
  'wrong-method': { status: 405, title: 'This address does not take this method' },
  'too-slow': { status: 408, title: 'The request did not come in time' },
  'too-large': { status: 413, title: 'The request is too large' },
  'wrong-type': { status: 415, title: 'The body is of a type that is not read here' },
  'headers-too-large': { status: 431, title: 'The address and the headers are too long' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'The database is away; try again' },
  failed: { status: 500, title: 'Something went wrong' },
};

type Extra = Partial<Pick<Problem, 'detail' | 'problems' | 'changed' | 'retryAfter'>>;

/** An answer other than the wanted one, as RFC 9457 writes it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, extra: Extra = {}) {
    super(extra.detail ?? KINDS[code].title);
    const { status, title } = KINDS[code];
    this.problem = { type: `https://leakwatch.dev/problems/${code}`, code, title, status, ...extra };
  }
}

/** Answers any error with a problem. The inside of the server stays in its log. */
export function answerError(error: FastifyError, reply: FastifyReply, logger: Logger): FastifyReply {
  const { problem } = asProblem(error);
  if (problem.status >= 500) logger.warn({ error: error.message }, 'a request to the console failed');
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .serializer((payload) => JSON.stringify(payload))
    .send(problem);
}

function asProblem(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StaleAlertError) {
    const { id, by, move, at } = error.newest;
    const changed = { by, change: move, at: at.toISOString(), version: id };
    return new ProblemError('stale', { detail: error.message, changed });
  }
  if (error instanceof StaleWatchListError) {
    const { version, by, at } = error.newest;
    const changed = {
      by: by ?? 'leakwatch',
      change: 'watch-list-saved',
      at: at.toISOString(),
      version: String(version),
    };
    return new ProblemError('stale', { detail: error.message, changed });
  }
  if (error instanceof ImageError) {
    return new ProblemError('bad-picture', { detail: `${error.reason}: ${error.message}` });
  }
  if (error instanceof EngineUnavailableError) return new ProblemError('unavailable', { retryAfter: 5 });
  if (error instanceof TermError) return new ProblemError('bad-request', { problems: [error.message] });
  if (error instanceof TierError || error instanceof UsageError) {
    return new ProblemError('bad-request', { problems: error.message.split('\n') });
  }
  if (error instanceof RescanError) return new ProblemError('bad-request', { problems: [error.message] });
  if (error instanceof RulesetError) {
    return new ProblemError('bad-request', { problems: error.message.split('\n') });
  }
  if (error instanceof ProposalError) return new ProblemError('illegal-move', { detail: error.message });
  if (error instanceof AlertError) return ofAlertError(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      ({ instancePath, message }) =>
        `${error.validationContext ?? 'request'}${instancePath.replace(/\/$/, '')}: ${message ?? ''}`,
    );
    return new ProblemError('bad-request', { problems });
  }
  if (error instanceof ZodError) return new ProblemError('bad-request', { problems: describeIssues(error) });
  if (error instanceof StoreError && error.canRetry)
    return new ProblemError('unavailable', { retryAfter: 5 });
  return ofStatus(error);
}

function ofAlertError({ code, message }: AlertError): ProblemError {
  switch (code) {
    case 'unknown-alert':
    case 'no-evidence':
    case 'unknown-tip':
      return new ProblemError('not-found');
    case 'illegal-move':
    case 'stale':
      return new ProblemError('illegal-move', { detail: message });
    case 'undo-over':
      return new ProblemError('undo-over', { detail: message });
    case 'bad-id':
    case 'ambiguous-id':
    case 'bad-silence':
    case 'unknown-item':
      return new ProblemError('bad-request', { problems: [message] });
  }
}

/** Fastify's own refusals, and errors that nobody has foreseen. */
function ofStatus({ statusCode = 500, code, message }: FastifyError): ProblemError {
  if (code === 'FST_ERR_BAD_URL') {
    return new ProblemError('bad-request', {
      problems: ['address: it is no path, or its % signs are no UTF-8'],
    });
  }
  if (statusCode === 413) return new ProblemError('too-large');
  // A name that is longer than any is the name of nothing.
  if (statusCode === 404 || statusCode === 414) return new ProblemError('not-found');
  if (statusCode === 415) return new ProblemError('wrong-type');
  if (statusCode === 429) return new ProblemError('too-many-requests', { retryAfter: 60 });
  if (statusCode >= 400 && statusCode < 500) return new ProblemError('bad-request', { problems: [message] });
  return new ProblemError('failed');
}
