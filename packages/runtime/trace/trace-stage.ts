import { type Logger } from '../logger.ts';
import { parseTraceparent, type TraceContext } from './traceparent.ts';

/** What a stage did with one record. It names no creator, campaign, term or asset. */
export interface StageStep {
  /** `ingest`, `matcher-text`, `alerting`, `outbox`, `channel-webhook` … */
  readonly stage: string;
  /** The record's own header. */
  readonly traceparent: string | null | undefined;
  /** When the stage took the record up, or the batch that it was in. */
  readonly startedAt: Date;
  /** `ok`, or why not, in kebab case. */
  readonly outcome: string;
  /** Whether the trace begins here: the span of the header is this one. */
  readonly isRoot?: boolean;
}

export type SpanExporter = (step: StageStep, context: TraceContext) => void;

let exportSpan: SpanExporter | null = null;

/** Where spans go from now on; null: nowhere. A process has one such place. */
export function setSpanExporter(exporter: SpanExporter | null): void {
  exportSpan = exporter;
}

/**
 * Leaves a trace of a step: a log line at `debug` with the record's `trace_id`, and a span where OpenTelemetry is on. Costs next
 * to nothing where both are off.
 */
export function traceStage(logger: Logger, step: StageStep): void {
  const isLogged = logger.isLevelEnabled('debug');
  if (!isLogged && exportSpan === null) return;
  const context = parseTraceparent(step.traceparent);
  if (isLogged) {
    logger.debug({ stage: step.stage, outcome: step.outcome, trace_id: context?.traceId }, 'stage done');
  }
  if (context?.isSampled === true) exportSpan?.(step, context);
}
