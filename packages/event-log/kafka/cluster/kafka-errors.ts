import { EventLogError, type EventLogErrorCode } from '../../port/errors.ts';

/**
 * Kafka's names of errors that do not pass by themselves. `UNKNOWN_TOPIC_OR_PARTITION` is missing here on
 * purpose: a broker that restarts, or that lost a partition, gives it for topics that exist. find-leaders.ts
 * decides whether one does.
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

/** kafkajs' error classes with the same meaning, but without Kafka's name. */
const CLASSES: ReadonlyMap<string, EventLogErrorCode> = new Map([
  ['KafkaJSSASLAuthenticationError', 'log-refused'],
  // Raised for a compression without a codec here.
  ['KafkaJSNotImplemented', 'log-refused'],
  ['KafkaJSServerDoesNotSupportApiKey', 'log-refused'],
]);

/** An error and its causes, outermost first. */
function* chain(error: unknown): Generator<Error> {
  for (let one = error; one instanceof Error; one = one.cause) yield one;
}

/** Kafka's name of an error, such as `UNKNOWN_MEMBER_ID`; undefined where no broker answered. */
export function kafkaErrorType(error: unknown): string | undefined {
  for (const one of chain(error)) {
    if ('type' in one && typeof one.type === 'string') return one.type;
    // kafkajs raises this when every broker says that no coordinator is available: a Kafka without any group yet.
    if (one.name === 'KafkaJSGroupCoordinatorNotFound') return 'GROUP_COORDINATOR_NOT_AVAILABLE';
  }
  return undefined;
}

/**
 * Whether the connection may be broken: no broker answered. A refused connection does not count, for it never
 * existed.
 */
export function isConnectionSuspect(error: unknown): boolean {
  const all = [...chain(error)];
  return (
    kafkaErrorType(error) === undefined &&
    !all.some((one) => one instanceof EventLogError || CLASSES.has(one.name)) &&
    !all.some((one) => 'code' in one && one.code === 'ECONNREFUSED')
  );
}

/** Turns an error of kafkajs into the port's. */
export function toEventLogError(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const byType = CODES.get(kafkaErrorType(error) ?? '');
  const byClass = [...chain(error)].map(({ name }) => CLASSES.get(name)).find((code) => code !== undefined);
  return new EventLogError(byType ?? byClass ?? 'log-unavailable', `Kafka: ${message}`, error);
}
