import { formatAgo, formatInstant, zoneName } from '../lib/format-time.ts';
import { useNow } from './now.tsx';

/** An instant as `2 min ago` or as a date; the tooltip has the viewer's zone and UTC. */
export function Instant({ at, as = 'date' }: { readonly at: string; readonly as?: 'date' | 'ago' }) {
  const now = useNow();
  const date = formatInstant(at, now);
  const title = `${date} ${zoneName(at)} · ${formatInstant(at, now, 'UTC')} UTC`;
  return (
    <time dateTime={at} title={title}>
      {as === 'ago' ? formatAgo(at, now) : date}
    </time>
  );
}
