import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { incidentQuery } from '../../data/queue.ts';
import { IncidentView } from '../../incident/incident-view.tsx';
import { rememberedPlace, rememberPlace } from '../../incident/queue-place.ts';
import { VerdictBar } from '../../incident/verdict-bar.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { words } from '../../words/index.ts';
import styles from './incident-page.module.css';

/** One incident as a page: where a notice's link leads, and what a small screen shows. */
export default function IncidentPage({ id }: { readonly id: string }) {
  const query = useQuery(incidentQuery(id));
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { ids } = rememberedPlace(client);
  const at = ids.indexOf(query.data?.id ?? id);
  const go = (to: string | undefined) => {
    if (to === undefined) return;
    rememberPlace(client, { cursor: to, ids });
    navigate(`/alerts/${to}`, { replace: true });
  };
  const next = ids[at + 1];
  const previous = at > 0 ? ids[at - 1] : undefined;
  const back = () => navigate('/queue');
  useKeys([
    { key: 'j', label: words.keys.next, run: () => go(next) },
    { key: 'k', label: words.keys.previous, run: () => go(previous) },
    { key: 'Escape', label: words.keys.back, run: back },
  ]);
  // A short link becomes the whole one, by which everything else knows the incident.
  const wholeId = query.data?.id ?? id;
  useEffect(() => {
    if (wholeId !== id) navigate(`/alerts/${wholeId}`, { replace: true });
  }, [wholeId, id, navigate]);
  useEffect(() => {
    document.title = `${words.incident.title} · ${words.product}`;
  }, []);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Link href="/queue">← {words.incident.back}</Link>
        <span className={styles.grow} />
        <button type="button" disabled={previous === undefined} onClick={() => go(previous)}>
          {words.keys.previous} <kbd>k</kbd>
        </button>
        <button type="button" disabled={next === undefined} onClick={() => go(next)}>
          {words.keys.next} <kbd>j</kbd>
        </button>
      </header>
      <div className={styles.body}>
        <Loaded query={query}>{(incident) => <IncidentView item={incident} headingLevel={1} />}</Loaded>
      </div>
      {query.data !== undefined && (
        <VerdictBar item={query.data} onClosed={() => (next === undefined ? back() : go(next))} />
      )}
    </div>
  );
}
