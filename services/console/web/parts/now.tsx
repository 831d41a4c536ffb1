import { createContext, use, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext(Date.now());
const TICK_MS = 10_000;

/** One clock for the page: what is shown as time left agrees everywhere. */
export function NowProvider({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

export function useNow(): number {
  return use(NowContext);
}
