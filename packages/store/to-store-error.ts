import { z } from 'zod';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** The common fields of node's socket errors and of Postgres's. */
const CodedErrorSchema = z.object({ code: z.string(), message: z.string() });

const SQL_STATE = /^[0-9A-Z]{5}$/;

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);
const LOST = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Shut down by an administrator, crashed, the database was dropped, or a timeout of the operator's ended the session. */
const LOST_STATES = new Set(['57P01', '57P02', '57P04', '57P05', '25P03', '25P04']);
/** Starting up or shutting down, or too many connections. */
const UNREACHABLE_STATES = new Set(['57P03', '53300']);
/** A full disk, or memory, and a server that only reads, as after a fail-over to the wrong one. */
const NOT_WRITABLE_STATES = new Set(['53000', '53100', '53200', '25006']);
const CONFLICT_STATES = new Set(['40001', '40P01']);
const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';
/** Answers of node to a certificate, beside those that name it. */
const CERTIFICATE_CODES =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const NO_TLS = /server does not support SSL/;

/** The server's answers that pg reports without a code. */
const LOST_MESSAGES =
  /connection terminated|connection ended|not queryable|client was closed|connection error|query read timeout/i;
const UNREACHABLE_MESSAGES = /timeout exceeded when trying to connect|connection timeout|timeout expired/i;
const CLOSED_MESSAGES = /after calling end on the pool/i;

/** Maps every error of pg and its sockets to one of our codes. A StoreError stays itself. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof AggregateError && error.errors.length > 0) return toStoreError(error.errors[0]);
  const coded = CodedErrorSchema.safeParse(error);
  if (coded.success) {
    const { code, message } = coded.data;
    if (!SQL_STATE.test(code) || UNREACHABLE.has(code) || LOST.has(code)) {
      return new StoreError(codeOfSocketError(code), describe(codeOfSocketError(code), message), {
        cause: error,
      });
    }
    const storeCode = codeOfSqlState(code);
    return new StoreError(storeCode, describe(storeCode, message), { cause: error, sqlState: code });
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOfMessage(message);
  return new StoreError(code, describe(code, message), { cause: error });
}

function codeOfSocketError(code: string): StoreErrorCode {
  if (LOST.has(code)) return 'connection-lost';
  if (CERTIFICATE_CODES.test(code)) return 'untrusted';
  return UNREACHABLE.has(code) ? 'unreachable' : 'query-failed';
}

function codeOfSqlState(state: string): StoreErrorCode {
  if (LOST_STATES.has(state) || state.startsWith('08')) return 'connection-lost';
  if (UNREACHABLE_STATES.has(state)) return 'unreachable';
  if (NOT_WRITABLE_STATES.has(state)) return 'not-writable';
  if (CONFLICT_STATES.has(state)) return 'conflict';
  if (state === QUERY_CANCELED || state === LOCK_NOT_AVAILABLE) return 'timed-out';
  if (state.startsWith('28') || state === '3D000') return 'refused';
  return 'query-failed';
}

function codeOfMessage(message: string): StoreErrorCode {
  if (CLOSED_MESSAGES.test(message)) return 'closed';
  if (NO_TLS.test(message)) return 'untrusted';
  if (LOST_MESSAGES.test(message)) return 'connection-lost';
  return UNREACHABLE_MESSAGES.test(message) ? 'unreachable' : 'query-failed';
}

function describe(code: StoreErrorCode, message: string): string {
  if (code === 'unreachable') return `the database can't be reached: ${message}`;
  if (code === 'connection-lost') return `the connection to the database broke: ${message}`;
  if (code === 'not-writable') return `the database takes no writes now: ${message}`;
  if (code === 'refused') return `the database refused the connection: ${message}`;
  if (code === 'untrusted') return `the database can't be trusted: ${message}${hintOf(message)}`;
  if (code === 'timed-out') return `${message}: ${TIMEOUT_HINT}`;
  if (code === 'closed') return 'the store is closed';
  return message;
}

const TIMEOUT_HINT =
  "if the server's statement_timeout or lock_timeout is under a minute, raise it for leakwatch's role by ALTER ROLE … SET";

function hintOf(message: string): string {
  if (NO_TLS.test(message)) return '. Its sslmode asks for TLS: turn ssl on there';
  return /altnames/i.test(message)
    ? '. Its certificate must name the host of the address'
    : '. sslrootcert must name the file of the authority that signed its certificate';
}
