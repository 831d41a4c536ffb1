export * from './deadline.ts';
export * from './errors.ts';
export { formatMinute } from './format-minute.ts';
export { groupBy } from './group-by.ts';
export * from './heartbeat.ts';
export {
  createByteBudget,
  OverBudgetError,
  type ByteAccount,
  type ByteBudget,
  type HeldBytes,
} from './memory/byte-budget.ts';
export { createAdmission, type Admission, type AdmissionLimits } from './http/admission.ts';
export { serveDocs } from './docs-pages/serve-docs.ts';
export { createBoundedServer, SMALL_BOUNDS, type Unrouted } from './http/bounded-server.ts';
export * from './lifecycle.ts';
export * from './load-config.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './ops-server.ts';
export { readBoundedFile, readTextFile } from './read-bounded-file.ts';
export * from './service.ts';
export { createSteadyClock, type ClockStep, type SteadyClock } from './steady-clock.ts';
export { platformLabel } from './platform-label.ts';
export * from './waiting/index.ts';
export { startTracing } from './trace/start-tracing.ts';
export { traceStage, type StageStep } from './trace/trace-stage.ts';
export { parseTraceparent, traceIdOf, type TraceContext } from './trace/traceparent.ts';
export { startWatchdog } from './watchdog.ts';
export { startAdminServer, type AdminServer } from './admin/admin-server.ts';
