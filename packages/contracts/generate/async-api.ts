import { EVENTS, TOPICS } from '../topics.ts';

const CLOUD_EVENT_HEADERS = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'content-type'],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', description: "The record's id: a hash of what it identifies." },
    ce_type: { type: 'string' },
    ce_source: { type: 'string', format: 'uri-reference' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_schemaversion: { type: 'string' },
    'content-type': { const: 'application/json' },
    traceparent: { type: 'string', description: 'W3C trace context.' },
  },
};

const KEYS: Record<(typeof TOPICS)[number], string> = {
  posts: "The post's creator id",
  fingerprints: "The post's creator id",
  detections: "The post's creator id",
  alerts: "The alert's creator id",
  'dead-letters': "The dead letter's id",
};

/** The AsyncAPI 3 document of everything that travels in the log. */
export function asyncApiDocument(schemaFile: (type: string) => string): unknown {
  const events = Object.values(EVENTS);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'leakwatch event log',
      version: '1.0.0',
      license: { name: 'Apache-2.0' },
      description:
        'Every record is a CloudEvent in binary mode: attributes in headers, the value as JSON. Records with one key keep their order.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      TOPICS.map((topic) => [
        topic,
        {
          address: topic,
          description: `Key: ${KEYS[topic]}.`,
          messages: Object.fromEntries(
            events
              .filter((event) => event.topic === topic)
              .map((event) => [event.type, { $ref: `#/components/messages/${event.type}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      TOPICS.flatMap((topic) => [
        [`publish-${topic}`, { action: 'send', channel: { $ref: `#/channels/${topic}` } }],
        [`consume-${topic}`, { action: 'receive', channel: { $ref: `#/channels/${topic}` } }],
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        events.map((event) => [
          event.type,
          {
            name: event.type,
            summary: event.summary,
            contentType: 'application/json',
            headers: CLOUD_EVENT_HEADERS,
            payload: {
              schemaFormat: 'application/schema+json;version=draft-2020-12',
              schema: { $ref: `./${schemaFile(event.type)}` },
            },
          },
        ]),
      ),
    },
  };
}
