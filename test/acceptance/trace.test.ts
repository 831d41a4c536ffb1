/** Follows one trace from a post's source to its notification: headers of the log and of the notification, log lines, spans. */
import { TOPICS } from '@leakwatch/contracts';
import { startTracing, traceIdOf } from '@leakwatch/runtime';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../harness/eventually.ts';
import { openHttpReceiver } from '../harness/http-receiver.ts';
import { openWholePipeline } from '../harness/whole-pipeline.ts';

const SpanSchema = z.object({ name: z.string(), traceId: z.string(), parentSpanId: z.string().optional() });
const ExportSchema = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(SpanSchema) })) })),
});

it(
  'is the same in every topic, in the notice, in the log lines and in the spans',
  { timeout: 60_000 },
  async () => {
    const receiver = await openHttpReceiver();
    const collector = await openHttpReceiver();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
    process.env.OTEL_BSP_SCHEDULE_DELAY = '100';
    const tracing = await startTracing(process.env, { version: '0.1.0' });
    const lines: string[] = [];
    const pipeline = await openWholePipeline({
      env: {
        LEAKWATCH_ALERT_WEBHOOK_URL: receiver.url,
        LEAKWATCH_DIGEST_HOURS: '0',
        LEAKWATCH_ALERT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      },
      logger: pino({ level: 'debug' }, { write: (line) => lines.push(line) }),
    });
    try {
      await pipeline.post({ id: 'p1', author: 'ana', text: 'Look: Quillon Ember' });
      const notice = await eventually(() => Promise.resolve(receiver.received[0]));
      const traceId = traceIdOf(z.string().parse(notice.headers.traceparent));
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);

      const traces = new Map<string, Set<string | undefined>>();
      for (const topic of TOPICS.filter((one) => one !== 'dead-letters')) {
        for await (const records of pipeline.log.replay({ topic })) {
          traces.set(topic, new Set(records.map(({ headers }) => traceIdOf(headers.traceparent))));
        }
      }
      const ofThePost = new Set([traceId]);
      expect(Object.fromEntries(traces)).toEqual({
        posts: ofThePost,
        fingerprints: ofThePost,
        detections: ofThePost,
        alerts: ofThePost,
      });

      const stages = ['ingest', 'matcher-text', 'matcher-image', 'alerting', 'outbox', 'channel-webhook'];
      const spans = await eventually(async () => {
        await tracing?.stop();
        const found = collector.received
          .flatMap(({ body }) => ExportSchema.parse(JSON.parse(body)).resourceSpans)
          .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
          .filter((span) => span.traceId === traceId);
        return stages.every((stage) => found.some(({ name }) => name === stage))
          ? Promise.resolve(found)
          : Promise.resolve(undefined);
      });
      expect(new Set(spans.map(({ name }) => name).filter((name) => stages.includes(name)))).toEqual(
        new Set(stages),
      );

      const ofTheTrace = lines.filter((line) => line.includes(`"trace_id":"${traceId}"`));
      for (const stage of stages) expect(ofTheTrace.join()).toContain(`"stage":"${stage}"`);
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      await pipeline.close();
      await receiver.close();
      await collector.close();
    }
  },
);
