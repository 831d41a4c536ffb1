/** One key and what it does. `label` is shown in the list of keys; a binding without one is not listed. */
export interface KeyBinding {
  /** As `KeyboardEvent.key` gives it, or two keys one after the other: `g q`. */
  readonly key: string;
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
}

/** The keys of one part of the page. A layer that is `alone` hides all layers below it: a dialog. */
export interface KeyLayer {
  readonly bindings: readonly KeyBinding[];
  readonly alone: boolean;
}

const SEQUENCE_MS = 1200;

/** The layers of keys, the newest on top. One listener serves the whole page. */
export class KeyLayers {
  #layers: readonly KeyLayer[] = [];
  #listeners = new Set<() => void>();
  #first: { key: string; at: number } | null = null;

  add(layer: KeyLayer): () => void {
    this.#set([...this.#layers, layer]);
    return () => this.#set(this.#layers.filter((one) => one !== layer));
  }

  readonly list = (): readonly KeyLayer[] => this.#layers;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const binding = this.#find(event);
    if (binding === undefined) return;
    event.preventDefault();
    binding.run(event);
  };

  #find(event: KeyboardEvent): KeyBinding | undefined {
    const first = this.#first;
    this.#first = null;
    const reachable = this.#reachable();
    if (first !== null && event.timeStamp - first.at < SEQUENCE_MS) {
      const both = reachable.find(({ key }) => key === `${first.key} ${event.key}`);
      if (both !== undefined) return both;
    }
    if (reachable.some(({ key }) => key.startsWith(`${event.key} `))) {
      this.#first = { key: event.key, at: event.timeStamp };
    }
    return reachable.find(({ key }) => key === event.key);
  }

  /** The bindings from the top down to the first layer that stands alone. */
  #reachable(): KeyBinding[] {
    const fromTop = this.#layers.toReversed();
    const alone = fromTop.findIndex((layer) => layer.alone);
    return (alone === -1 ? fromTop : fromTop.slice(0, alone + 1)).flatMap(({ bindings }) => bindings);
  }

  #set(layers: readonly KeyLayer[]): void {
    this.#layers = layers;
    for (const listener of this.#listeners) listener();
  }
}

/** Keys belong to the field while somebody types; Escape and keys with a modifier go on to the browser. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target.matches('input')) return !target.matches('[type=checkbox], [type=radio], [type=range]');
  return (key === 'Enter' || key === ' ') && target.matches('button, a, [role=menuitem], [role=option]');
}
