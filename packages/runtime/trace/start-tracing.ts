import { type Stoppable } from '../lifecycle.ts';

/**
 * Sends spans to an OpenTelemetry collector where the standard variables name one, and null where they don't: then the SDK is
 * never loaded.
 */
export async function startTracing(
  env: NodeJS.ProcessEnv,
  about: { version: string },
): Promise<Stoppable | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none';
  if (endpoint === '' || isOff) return null;
  const { startOpenTelemetry } = await import('./open-telemetry.ts');
  return startOpenTelemetry(about);
}
