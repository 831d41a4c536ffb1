import { STATUS_CODES } from 'node:http';
import { type Logger, type Unrouted } from '@leakwatch/runtime';
import { answerError, ProblemError } from './problems.ts';

/** As long as the longest name that an address of the API holds. */
const LONGEST_NAME = 200;

/** Answers with a problem what reaches no route: an address that can't be read, and what is no HTTP or no longer. */
export function answerUnrouted(logger: Logger): Unrouted {
  return {
    routerOptions: { maxParamLength: LONGEST_NAME },
    frameworkErrors: (error, _request, reply) => {
      void answerError(error, reply, logger);
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      if (socket.writable) socket.write(written(problemOf(error.code)));
      socket.destroy(error);
    },
  };
}

/** Node's codes for what its parser gives up on. */
function problemOf(code: string | undefined): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new ProblemError('too-slow');
  if (code === 'HPE_HEADER_OVERFLOW') return new ProblemError('headers-too-large');
  return new ProblemError('bad-request', { problems: ['request: it is no HTTP, or of an unknown method'] });
}

/** A whole answer: the socket has no reply that would write one. */
function written({ problem }: ProblemError): string {
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
