import { createServer, type IncomingHttpHeaders } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseTraceparent, silentLogger, startTracing, traceStage } from '../index.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const ROOT = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${ROOT}-01`;

const AttributeSchema = z.object({
  key: z.string(),
  value: z.object({ stringValue: z.string().optional() }),
});
const SpanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  status: z.object({ code: z.int(), message: z.string().optional() }),
});
/** The JSON of an OTLP/HTTP export request (opentelemetry-proto, trace/v1). */
const ExportSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(AttributeSchema) }),
      scopeSpans: z.array(z.object({ spans: z.array(SpanSchema) })),
    }),
  ),
});

describe('a collector that the standard variables name', () => {
  const bodies: string[] = [];
  const asked: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const collector = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      asked.push({ url: request.url, headers: request.headers });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const before = { ...process.env };

  beforeAll(async () => {
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = z.object({ port: z.int() }).parse(collector.address());
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
    process.env.OTEL_EXPORTER_OTLP_HEADERS = 'x-tenant=brand';
    process.env.OTEL_RESOURCE_ATTRIBUTES = 'deployment.environment=test';
  });
  afterAll(() => {
    process.env = before;
    collector.close();
  });

  it('gets a span a stage, in the trace of the post, beneath the span that the post went out with', async () => {
    const tracing = await startTracing(process.env, { version: '1.2.3' });
    const startedAt = new Date('2026-11-22T09:00:00.000Z');
    const shared = { traceparent: TRACEPARENT, startedAt };
    traceStage(silentLogger(), { ...shared, stage: 'ingest', outcome: 'ok', isRoot: true });
    traceStage(silentLogger(), { ...shared, stage: 'alerting', outcome: 'bad-schema' });
    traceStage(silentLogger(), {
      ...shared,
      stage: 'unsampled',
      outcome: 'ok',
      traceparent: `00-${TRACE}-${ROOT}-00`,
    });
    await tracing?.stop();

    expect(asked).toMatchObject([{ url: '/v1/traces', headers: { 'x-tenant': 'brand' } }]);
    const [exported] = ExportSchema.parse(JSON.parse(bodies[0] ?? '')).resourceSpans;
    const attributes = exported?.resource.attributes.map(({ key, value }) => [key, value.stringValue]);
    expect(attributes).toContainEqual(['service.name', 'leakwatch']);
    expect(attributes).toContainEqual(['service.version', '1.2.3']);
    expect(attributes).toContainEqual(['deployment.environment', 'test']);
    const [ingest, alerting, ...others] = exported?.scopeSpans.flatMap(({ spans }) => spans) ?? [];
    expect(others).toEqual([]);
    expect(ingest).toMatchObject({ name: 'ingest', traceId: TRACE, spanId: ROOT, status: { code: 0 } });
    expect(ingest?.startTimeUnixNano).toBe(`${startedAt.getTime()}000000`);
    expect(ingest?.parentSpanId ?? '').toBe('');
    expect(alerting).toMatchObject({
      name: 'alerting',
      traceId: TRACE,
      parentSpanId: ROOT,
      status: { code: 2, message: 'bad-schema' },
    });
    expect(alerting?.spanId).not.toBe(ROOT);
  });
});

it.each([
  ['no endpoint', {}],
  ['the SDK disabled', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }],
  ['no exporter', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_EXPORTER: 'none' }],
])('is off with %s', async (_name, env) => {
  expect(await startTracing(env, { version: '1' })).toBeNull();
});

describe('a log line of a stage', () => {
  const lines: string[] = [];
  const stream = { write: (line: string) => lines.push(line) };
  const step = { stage: 'outbox', traceparent: TRACEPARENT, startedAt: new Date(), outcome: 'ok' };

  it('says the trace at debug, and nothing above it', () => {
    traceStage(pino({ level: 'info' }, stream), step);
    expect(lines).toEqual([]);
    traceStage(pino({ level: 'debug' }, stream), step);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { trace_id: TRACE, stage: 'outbox' },
    ]);
  });
});

it.each([
  undefined,
  null,
  '',
  `00-${'0'.repeat(32)}-${ROOT}-01`,
  `01-${TRACE}-${ROOT}-01`,
  `${TRACEPARENT}-x`,
])('takes %o for no trace context', (header) => {
  expect(parseTraceparent(header)).toBeNull();
});
