import { MediaFetchError, type FetchOptions, type MediaFetcher } from './fetch-media.ts';
import { type HostStanding } from './host-standing.ts';

/** `little`: other posts wait. `much`: nobody does. */
export type Patience = 'little' | 'much';

/** Fetches, unless the host has not answered lately. */
export type AskHost = (
  url: string,
  options: FetchOptions & { readonly patience: Patience },
) => ReturnType<MediaFetcher['fetch']>;

/** @param patienceMs - the time for a picture while other posts wait */
export function createHostAsker(fetcher: MediaFetcher, standing: HostStanding, patienceMs: number): AskHost {
  return async (url, { patience, ...options }) => {
    const host = hostOf(url);
    const mayAsk = patience === 'little' ? standing.mayAskNow(host) : !standing.away().includes(host);
    if (!mayAsk) {
      throw new MediaFetchError('media-unreachable', 'its host has not answered lately', { canRetry: true });
    }
    const startedAt = performance.now();
    try {
      const timeoutMs = patience === 'little' ? patienceMs : undefined;
      const fetched = await fetcher.fetch(url, { ...options, timeoutMs });
      standing.answered(host, performance.now() - startedAt);
      return fetched;
    } catch (error) {
      if (!(error instanceof MediaFetchError)) throw error;
      if (error.canRetry) standing.failed(host, patience === 'little' ? 'patience' : 'time');
      else standing.answered(host, performance.now() - startedAt);
      throw error;
    }
  };
}

/** The host of a media address, with its port; the empty string for what is no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
