import { type Session } from '@leakwatch/console/schemas';
import { words } from '../words/index.ts';

/** A page of the navigation. `key` follows `g`; `needs` is the right that it takes. */
export interface PageEntry {
  readonly path: string;
  readonly name: string;
  readonly key: string | null;
  readonly needs: keyof Session['may'] | null;
}

export const PAGES: readonly PageEntry[] = [
  { path: '/queue', name: words.nav.queue, key: 'q', needs: null },
  { path: '/review', name: words.nav.review, key: 'r', needs: 'work' },
  { path: '/creators', name: words.nav.creators, key: 'c', needs: null },
  { path: '/watch-list', name: words.nav.watchList, key: 'w', needs: null },
  { path: '/rescans', name: words.nav.rescans, key: null, needs: null },
  { path: '/dead-letters', name: words.nav.deadLetters, key: null, needs: null },
  { path: '/rules', name: words.nav.rules, key: null, needs: null },
  { path: '/performance', name: words.nav.performance, key: 'p', needs: null },
  { path: '/access', name: words.nav.access, key: null, needs: null },
  { path: '/system', name: words.nav.system, key: 's', needs: null },
];
