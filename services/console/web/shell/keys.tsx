import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { KeyLayers, type KeyBinding, type KeyLayer } from './key-layers.ts';

const KeysContext = createContext<KeyLayers | null>(null);

export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const [layers] = useState(() => new KeyLayers());
  useEffect(() => {
    // Heard before anything else: a panel that closes itself on Escape has not yet uncovered the keys of the page below.
    const before = { capture: true };
    window.addEventListener('keydown', layers.press, before);
    return () => window.removeEventListener('keydown', layers.press, before);
  }, [layers]);
  return <KeysContext value={layers}>{children}</KeysContext>;
}

function useLayers(): KeyLayers {
  const layers = use(KeysContext);
  if (layers === null) throw new Error('keys need their provider');
  return layers;
}

/** Binds keys while the component stands. The newest component wins; with `alone` no other is heard. */
export function useKeys(bindings: readonly KeyBinding[], { alone = false } = {}): void {
  const layers = useLayers();
  const run = useEffectEvent((key: string, event: KeyboardEvent) =>
    bindings.find((one) => one.key === key)?.run(event),
  );
  // The layer changes with the names of the keys only, not with every new closure.
  const names = JSON.stringify(bindings.map(({ key, label }) => [key, label]));
  useEffect(() => {
    const layer: KeyLayer = {
      alone,
      bindings: bindings.map(({ key, label }) => ({ key, label, run: (event) => run(key, event) })),
    };
    return layers.add(layer);
    // `names` stands for `bindings`.
  }, [layers, alone, names]);
}

/** The keys of what stands on the page, for the list of keys. */
export function useListedKeys(): readonly KeyBinding[] {
  const layers = useLayers();
  const all = useSyncExternalStore(layers.subscribe, layers.list);
  return all.flatMap(({ bindings }) => bindings).filter(({ label }) => label !== '');
}
