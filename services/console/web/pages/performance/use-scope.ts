import { useMemo } from 'react';

const DAY_MS = 86_400_000;
export const DEFAULT_DAYS = '90';

/** The server's scope for the page's choices. It begins at a full day, so that one day has one address. */
export function useScope(params: URLSearchParams): URLSearchParams {
  const days = params.get('days') ?? DEFAULT_DAYS;
  const campaign = params.get('campaign');
  return useMemo(() => {
    const scope = new URLSearchParams();
    const count = Number(days);
    if (Number.isFinite(count) && count > 0) {
      const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
      scope.set('since', new Date(today - count * DAY_MS).toISOString());
    }
    if (campaign !== null) scope.set('campaign', campaign);
    return scope;
  }, [days, campaign]);
}
