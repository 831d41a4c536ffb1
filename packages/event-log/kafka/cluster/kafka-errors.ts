import { EventLogError, type EventLogErrorCode } from '../../port/errors.ts';

/**
 * Kafka's names of errors that are no passing trouble. `UNKNOWN_TOPIC_OR_PARTITION` is none of them: a broker that comes back, or
 * that a partition has moved from, says so of topics that are there. Whether one is, kafka-cluster.ts finds out.
 */
const CODES: ReadonlyMap<string, EventLogErrorCode> = new Map([
  ['INVALID_TOPIC_EXCEPTION', 'unknown-topic'],
  ['MESSAGE_TOO_LARGE', 'record-too-large'],
  ['RECORD_LIST_TOO_LARGE', 'record-too-large'],
  ['INVALID_RECORD', 'record-invalid'],
  ['OFFSET_OUT_OF_RANGE', 'offset-trimmed'],
  ['TOPIC_AUTHORIZATION_FAILED', 'log-refused'],
  ['GROUP_AUTHORIZATION_FAILED', 'log-refused'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'log-refused'],
  ['SASL_AUTHENTICATION_FAILED', 'log-refused'],
  ['UNSUPPORTED_SASL_MECHANISM', 'log-refused'],
  ['SECURITY_DISABLED', 'log-refused'],
  ['UNSUPPORTED_VERSION', 'log-refused'],
  ['INVALID_SESSION_TIMEOUT', 'log-refused'],
  ['INVALID_GROUP_ID', 'log-refused'],
  ['INCONSISTENT_GROUP_PROTOCOL', 'log-refused'],
  ['GROUP_MAX_SIZE_REACHED', 'log-refused'],
  ['INVALID_REPLICATION_FACTOR', 'log-refused'],
  ['INVALID_CONFIG', 'log-refused'],
  ['POLICY_VIOLATION', 'log-refused'],
]);

/** kafkajs' classes of errors that say the same without Kafka's name. */
const CLASSES: ReadonlyMap<string, EventLogErrorCode> = new Map([
  ['KafkaJSSASLAuthenticationError', 'log-refused'],
  // A record in a compression that has no codec here.
  ['KafkaJSNotImplemented', 'log-refused'],
  ['KafkaJSServerDoesNotSupportApiKey', 'log-refused'],
]);

/** An error and what it wraps, the outermost first. */
function* chain(error: unknown): Generator<Error> {
  for (let one = error; one instanceof Error; one = one.cause) yield one;
}

/** Kafka's name of an error, `UNKNOWN_MEMBER_ID`; undefined where the trouble is not a broker's answer. */
export function kafkaErrorType(error: unknown): string | undefined {
  for (const one of chain(error)) {
    if ('type' in one && typeof one.type === 'string') return one.type;
    // What kafkajs makes of that answer, when every broker has given it: a Kafka that has never had a group yet.
    if (one.name === 'KafkaJSGroupCoordinatorNotFound') return 'GROUP_COORDINATOR_NOT_AVAILABLE';
  }
  return undefined;
}

/**
 * Whether the connection may be what failed: no answer of a broker, and no refusal either, for a connection that was refused never
 * was.
 */
export function isConnectionSuspect(error: unknown): boolean {
  const all = [...chain(error)];
  return (
    kafkaErrorType(error) === undefined &&
    !all.some((one) => one instanceof EventLogError || CLASSES.has(one.name)) &&
    !all.some((one) => 'code' in one && one.code === 'ECONNREFUSED')
  );
}

/** The port's error for one of kafkajs'. */
export function toEventLogError(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const byType = CODES.get(kafkaErrorType(error) ?? '');
  const byClass = [...chain(error)].map(({ name }) => CLASSES.get(name)).find((code) => code !== undefined);
  return new EventLogError(byType ?? byClass ?? 'log-unavailable', `Kafka: ${message}`, error);
}
