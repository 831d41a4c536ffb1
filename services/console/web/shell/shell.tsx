import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useLiveQueue } from '../data/live-queue.tsx';
import { words } from '../words/index.ts';
import { KeyHelp } from './key-help.tsx';
import { useKeys } from './keys.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';

/** The frame of every page: navigation, keys for all pages, and the place for the page itself. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const { isLive } = useLiveQueue();
  const main = useRef<HTMLElement>(null);
  const [location] = useLocation();
  const before = useRef(location);
  useKeys([{ key: '?', label: words.keys.help, run: () => setIsHelpOpen(true) }]);
  // A reader of the screen hears the new page; the first page keeps the browser's own focus.
  useEffect(() => {
    if (before.current !== location) main.current?.focus();
    before.current = location;
  }, [location]);
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <Navigation isLive={isLive} showKeys={() => setIsHelpOpen(true)} />
      <main className={styles.main} id="content" tabIndex={-1} ref={main}>
        {children}
      </main>
      {isHelpOpen && <KeyHelp close={() => setIsHelpOpen(false)} />}
    </div>
  );
}
