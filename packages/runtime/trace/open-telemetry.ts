import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  RandomIdGenerator,
  type IdGenerator,
} from '@opentelemetry/sdk-trace-base';
import { type Stoppable } from '../lifecycle.ts';
import { setSpanExporter, type StageStep } from './trace-stage.ts';
import { type TraceContext } from './traceparent.ts';

/** A trace's first span has the ids of the header that its record went out with: the others call it their parent. */
class RootIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  /** The context of the span that is being made. */
  root: TraceContext | null = null;

  generateTraceId(): string {
    return this.root?.traceId ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.root?.spanId ?? this.#random.generateSpanId();
  }
}

/**
 * Sends spans over OTLP/HTTP, as JSON. The exporter, the batches and the sampler read their own standard variables
 * (OTEL_EXPORTER_OTLP_…, OTEL_BSP_…, OTEL_TRACES_SAMPLER), the resource OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
 * Stopping it sends what is left.
 */
export function startOpenTelemetry(about: { version: string }): Stoppable {
  const ids = new RootIds();
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'leakwatch', 'service.version': about.version }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('leakwatch', about.version);

  setSpanExporter((step, context) => {
    ids.root = step.isRoot === true ? context : null;
    const span = tracer.startSpan(
      step.stage,
      {
        startTime: step.startedAt,
        kind: step.isRoot === true ? SpanKind.PRODUCER : SpanKind.CONSUMER,
        attributes: { 'leakwatch.stage': step.stage, 'leakwatch.outcome': step.outcome },
      },
      parentOf(step, context),
    );
    if (step.outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: step.outcome });
    span.end();
  });
  return {
    name: 'OpenTelemetry',
    stop: () => {
      setSpanExporter(null);
      return provider.shutdown();
    },
  };
}

function parentOf({ isRoot }: StageStep, { traceId, spanId }: TraceContext): Context {
  if (isRoot === true) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}
