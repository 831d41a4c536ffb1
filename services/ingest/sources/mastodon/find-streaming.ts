import { z } from 'zod';
import { getJson } from '../polling/get-json.ts';
import { type HttpGetter } from '../polling/http-get.ts';
import { type AccountAddress } from './account-address.ts';

const InstanceV2Schema = z.object({
  configuration: z.object({ urls: z.object({ streaming: z.string() }) }),
});
const InstanceV1Schema = z.object({ urls: z.object({ streaming_api: z.string() }) });

/**
 * Finds where an instance streams its public posts; null if it does not, or at a place that must not see the instance's
 * token: another host, or one without TLS.
 */
export async function findStreaming(
  http: HttpGetter,
  { origin }: AccountAddress,
  token: string,
  signal: AbortSignal,
): Promise<string | null> {
  const ask = <T>(path: string, schema: z.ZodType<T>) =>
    getJson(http, `${origin}${path}`, { schema, what: 'an instance', token, signal });
  const second = await ask('/api/v2/instance', InstanceV2Schema);
  if (second.kind === 'document') return streamOf(second.value.configuration.urls.streaming, origin);
  const first = await ask('/api/v1/instance', InstanceV1Schema);
  return first.kind === 'document' ? streamOf(first.value.urls.streaming_api, origin) : null;
}

function streamOf(base: string, origin: string): string | null {
  if (!URL.canParse(base)) return null;
  const url = new URL(base);
  const instance = new URL(origin);
  const isSecure = url.protocol === 'wss:' || (url.protocol === 'ws:' && instance.protocol === 'http:');
  const isTheirs = url.host === instance.host || url.hostname.endsWith(`.${instance.hostname}`);
  return isSecure && isTheirs ? new URL('/api/v1/streaming?stream=public:local', url).href : null;
}
