import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useQueueCount } from '../data/queue.ts';
import { useSession, useSignOut } from '../data/session.ts';
import { useSystem } from '../data/system.ts';
import { words } from '../words/index.ts';
import { useSchemeCycle } from './color-scheme.ts';
import { useKeys } from './keys.tsx';
import { PAGES, type PageEntry } from './page-list.ts';
import styles from './shell.module.css';

export function Navigation(props: { readonly isLive: boolean; readonly showKeys: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [, navigate] = useLocation();
  const { may, account } = useSession();
  const pages = PAGES.filter(({ needs }) => needs === null || may[needs]);
  useKeys(
    pages.flatMap(({ key, path, name }) =>
      key === null ? [] : [{ key: `g ${key}`, label: words.keys.go(name), run: () => navigate(path) }],
    ),
  );
  const scheme = useSchemeCycle();
  const signOut = useSignOut();
  return (
    <nav className={styles.nav} aria-label={words.nav.label} data-open={isOpen}>
      <div className={styles.brand}>
        <span>{words.product}</span>
        <button
          type="button"
          className={styles.menuButton}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {words.nav.menu}
        </button>
      </div>
      <ul className={styles.links} onClick={() => setIsOpen(false)}>
        {pages.map((page) => (
          <li key={page.path}>
            <PageLink page={page} />
          </li>
        ))}
      </ul>
      {!props.isLive && (
        <p className={styles.offline} role="status">
          {words.nav.notLive}
        </p>
      )}
      <ul className={styles.foot}>
        <li className={styles.who}>
          {account.name} · {account.role}
        </li>
        <li>
          <button type="button" onClick={props.showKeys}>
            {words.nav.keys} <kbd>?</kbd>
          </button>
        </li>
        <li>
          <button type="button" onClick={scheme.next}>
            {words.nav.theme[scheme.scheme]}
          </button>
        </li>
        <li>
          <button type="button" onClick={() => signOut.mutate()}>
            {words.nav.signOut}
          </button>
        </li>
      </ul>
    </nav>
  );
}

function PageLink({ page }: { readonly page: PageEntry }) {
  const [location] = useLocation();
  const isHere = location === page.path || (page.path === '/queue' && location.startsWith('/alerts/'));
  return (
    <Link href={page.path} aria-current={isHere ? 'page' : undefined}>
      <span>{page.name}</span>
      {page.path === '/queue' && <QueueCount />}
      {page.path === '/system' && <Health />}
    </Link>
  );
}

function QueueCount() {
  const { data } = useQueueCount();
  return data === undefined ? null : <small>{data.toLocaleString('en')}</small>;
}

function Health() {
  const { data } = useSystem();
  if (data === undefined) return null;
  return data.healthy ? (
    <small className={styles.ok}>● {words.nav.ok}</small>
  ) : (
    <small className={styles.trouble}>▲ {words.nav.trouble}</small>
  );
}
