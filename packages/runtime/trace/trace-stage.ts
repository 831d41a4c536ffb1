import { type Logger } from '../logger.ts';
import { parseTraceparent, type TraceContext } from './traceparent.ts';

/** A stage's work on one record. It names no creator, campaign, term or asset. */
export interface StageStep {
  /** `ingest`, `matcher-text`, `alerting`, `outbox`, `channel-webhook` … */
  readonly stage: string;
  /** The record's own header. */
  readonly traceparent: string | null | undefined;
  /** The time when the stage began the record or its batch. */
  readonly startedAt: Date;
  /** `ok`, or why not, in kebab case. */
  readonly outcome: string;
  /** True if the trace begins here: the header's span is this one. */
  readonly isRoot?: boolean;
}

export type SpanExporter = (step: StageStep, context: TraceContext) => void;

let exportSpan: SpanExporter | null = null;

/** Sets the process's one exporter of spans; null: none. */
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
