import { findUnkeepableCharacter } from '@leakwatch/contracts';
import { type FastifyRequest, type HookHandlerDoneFunction } from 'fastify';
import { checkStrings } from './check-strings.ts';
import { ProblemError } from './problems.ts';

/**
 * Refuses characters that no database text holds, in everything that a request brings. It is a hook of the whole server, so that no
 * route has to think of them.
 */
export function refuseUnkeepable(
  { params, query, body }: FastifyRequest,
  _reply: unknown,
  done: HookHandlerDoneFunction,
): void {
  const problems = Object.entries({ params, querystring: query, body }).flatMap(([part, value]) =>
    checkStrings(value, findUnkeepableCharacter).map(
      ({ path, message }) => `${[part, ...path].join('/')}: ${message}`,
    ),
  );
  if (problems.length > 0) done(new ProblemError('bad-request', { problems }));
  else done();
}
