import { type z } from 'zod';
import { AlertEventSchema } from './alert.ts';
import { DeadLetterSchema } from './dead-letter.ts';
import { DetectionSchema, RevisionScanSchema } from './detection.ts';
import { FingerprintSchema } from './fingerprint.ts';
import { PostSchema } from './post.ts';

/** A kind of record: its CloudEvents type, its JSON schema, and the topic it travels in. */
export interface EventType<T = unknown> {
  /** CloudEvents `type`. */
  readonly type: string;
  readonly topic: Topic;
  /** Summary of the record's content. */
  readonly summary: string;
  readonly schema: z.ZodType<T>;
}

/** The topics in the order in which a post flows through them. */
export const TOPICS = ['posts', 'fingerprints', 'detections', 'alerts', 'dead-letters'] as const;
export type Topic = (typeof TOPICS)[number];

function eventType<T>(topic: Topic, type: string, summary: string, schema: z.ZodType<T>): EventType<T> {
  return { topic, type, summary, schema };
}

export const EVENTS = {
  post: eventType('posts', 'leakwatch.post.v1', 'A creator published, edited or deleted a post.', PostSchema),
  fingerprint: eventType(
    'fingerprints',
    'leakwatch.fingerprint.v1',
    'What is kept of a post to match it again.',
    FingerprintSchema,
  ),
  detection: eventType(
    'detections',
    'leakwatch.detection.v1',
    'A post met a watch-list item.',
    DetectionSchema,
  ),
  revisionScan: eventType(
    'detections',
    'leakwatch.revision-scan.v1',
    'An edit or a deletion of a post has been scanned.',
    RevisionScanSchema,
  ),
  alert: eventType('alerts', 'leakwatch.alert.v1', 'An alert was opened or changed.', AlertEventSchema),
  deadLetter: eventType(
    'dead-letters',
    'leakwatch.dead-letter.v1',
    'A record could not be processed.',
    DeadLetterSchema,
  ),
} as const;
