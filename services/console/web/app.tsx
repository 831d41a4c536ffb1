import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { LiveQueueProvider } from './data/live-queue.tsx';
import { createQueryClient } from './data/query-client.ts';
import { SessionContext, useSessionQuery } from './data/session.ts';
import { NotFoundPage } from './pages/not-found/not-found-page.tsx';
import { QueuePage } from './pages/queue/queue-page.tsx';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { WelcomePage } from './pages/sign-in/welcome-page.tsx';
import { NowProvider } from './parts/now.tsx';
import { Broken, Slow } from './parts/states.tsx';
import { KeysProvider } from './shell/keys.tsx';
import { Shell } from './shell/shell.tsx';
import { ToastProvider } from './shell/toasts.tsx';
import { theme } from './style/theme.ts';

/** Pages that load when they are first opened. */
const LATER: Readonly<Record<string, ComponentType>> = {
  '/review': lazy(() => import('./pages/review/review-page.tsx')),
  '/creators': lazy(() => import('./pages/creators/creators-page.tsx')),
  '/watch-list/edit': lazy(() => import('./pages/watch-list-edit/watch-list-edit-page.tsx')),
  '/watch-list': lazy(() => import('./pages/watch-list/watch-list-page.tsx')),
  '/rescans': lazy(() => import('./pages/rescans/rescans-page.tsx')),
  '/dead-letters': lazy(() => import('./pages/dead-letters/dead-letters-page.tsx')),
  '/rules': lazy(() => import('./pages/rules/rules-page.tsx')),
  '/performance': lazy(() => import('./pages/performance/performance-page.tsx')),
  '/access': lazy(() => import('./pages/access/access-page.tsx')),
  '/system': lazy(() => import('./pages/system/system-page.tsx')),
};
const IncidentPage = lazy(() => import('./pages/incident/incident-page.tsx'));

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={readNonce}>
      <QueryClientProvider client={client}>
        <NowProvider>
          <KeysProvider>
            <ToastProvider>
              <Switch>
                <Route path="/welcome" component={WelcomePage} />
                <Route component={Gate} />
              </Switch>
            </ToastProvider>
          </KeysProvider>
        </NowProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The server writes it into the page; Mantine's style elements carry it. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Asks somebody unknown to sign in; the address stays, so that a notice's link leads to its incident. */
function Gate() {
  const { data: session, error, refetch } = useSessionQuery();
  if (session === undefined) {
    return error === null ? <Slow /> : <Broken error={error} retry={() => void refetch()} />;
  }
  if (session === null) return <SignInPage />;
  return (
    <SessionContext value={session}>
      <LiveQueueProvider>
        <Shell>
          <Suspense fallback={<Slow />}>
            <Pages />
          </Suspense>
        </Shell>
      </LiveQueueProvider>
    </SessionContext>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/queue" replace />
      </Route>
      <Route path="/queue" component={QueuePage} />
      <Route path="/alerts/:id">{({ id }) => <IncidentPage key={id} id={id} />}</Route>
      {Object.entries(LATER).map(([path, page]) => (
        <Route key={path} path={path} component={page} />
      ))}
      <Route component={NotFoundPage} />
    </Switch>
  );
}
