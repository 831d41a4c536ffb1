import { inject } from 'vitest';
import { type LogKind } from './arrangement.ts';
import { clusterLog } from './cluster-log.ts';
import { KAFKA_LOG } from './kafka-log.ts';
import { POSTGRES_LOG } from './postgres-log.ts';

/** The logs that run on one server each. */
export const SINGLE_LOGS: readonly LogKind[] = [POSTGRES_LOG, KAFKA_LOG];

const cluster = inject('securedCluster');

/** Every log that the rows of the matrix run on: in the soak a cluster as production has it, else the single ones. */
export const LOG_KINDS: readonly LogKind[] = cluster === null ? SINGLE_LOGS : [clusterLog(cluster)];

/** The logs of rows that only the soak runs: that in Postgres, too. */
export const SOAK_LOGS: readonly LogKind[] =
  cluster === null ? SINGLE_LOGS : [POSTGRES_LOG, clusterLog(cluster)];
