import { TOPICS, type Topic } from '@leakwatch/contracts';
import { type Access } from '@leakwatch/event-log/kafka';

interface ServiceAccess {
  readonly reads: readonly Topic[];
  readonly writes: readonly Topic[];
  readonly joins?: readonly string[];
  readonly follows?: readonly string[];
}

const STAGES = ['matcher-text', 'matcher-image', 'alerting'];

/**
 * The topics and groups of each service. `command` stands for the command line: status, dead letters, re-scans. A dead letter
 * that is replayed goes to the topic that it came from.
 */
const SERVICES: Readonly<Record<string, ServiceAccess>> = {
  ingest: { reads: [], writes: ['posts', 'dead-letters'] },
  matcher: {
    reads: ['posts', 'dead-letters'],
    writes: ['fingerprints', 'detections', 'dead-letters'],
    joins: ['matcher-text', 'matcher-image'],
  },
  alerting: {
    reads: ['posts', 'detections', 'dead-letters'],
    writes: ['alerts', 'dead-letters'],
    joins: ['alerting', 'alerting-posts'],
  },
  rescan: { reads: ['fingerprints'], writes: ['detections'], joins: ['rescan-*'], follows: STAGES },
  console: { reads: ['dead-letters'], writes: ['posts', 'detections', 'dead-letters'], follows: STAGES },
  command: { reads: TOPICS, writes: ['posts', 'detections', 'dead-letters'], follows: STAGES },
};

/** The access of every service's user, whose name is the prefix and the service's name. */
export function serviceAccess(prefix: string): Access[] {
  return Object.entries(SERVICES).map(([service, { reads, writes, joins = [], follows = [] }]) => ({
    user: prefix + service,
    ...{ reads, writes, joins, follows },
    // A process looks for every topic before it starts.
    describes: TOPICS,
  }));
}
