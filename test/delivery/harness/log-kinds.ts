import { type LogKind } from './arrangement.ts';
import { KAFKA_LOG } from './kafka-log.ts';
import { POSTGRES_LOG } from './postgres-log.ts';

/** Every log that the rows of the matrix run on. */
export const LOG_KINDS: readonly LogKind[] = [POSTGRES_LOG, KAFKA_LOG];
