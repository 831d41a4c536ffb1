import { type QueueFilter, type Selection } from '@leakwatch/console/schemas';
import { useCallback, useState } from 'react';

export interface Picked {
  readonly ids: ReadonlySet<string>;
  /** All that match the filter, loaded or not. */
  readonly isAll: boolean;
  readonly count: number;
  readonly toggle: (id: string) => void;
  readonly pick: (ids: readonly string[]) => void;
  readonly pickAll: () => void;
  readonly clear: () => void;
  readonly request: Selection;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The selected incidents: some by name, or all that match. Another filter begins with nothing selected. */
export function useSelection(filter: QueueFilter, filterKey: string, total: number): Picked {
  const [state, setState] = useState({ key: filterKey, ids: NOTHING, isAll: false });
  const { ids, isAll } = state.key === filterKey ? state : { ids: NOTHING, isAll: false };
  const set = (next: ReadonlySet<string>, all = false) => setState({ key: filterKey, ids: next, isAll: all });
  // The same function for all rows until the filter changes: a new one would draw each row again.
  const toggle = useCallback(
    (id: string) =>
      setState((before) => {
        const next = new Set(before.key === filterKey ? before.ids : NOTHING);
        if (!next.delete(id)) next.add(id);
        return { key: filterKey, ids: next, isAll: false };
      }),
    [filterKey],
  );
  return {
    ids,
    isAll,
    count: isAll ? total : ids.size,
    toggle,
    pick: (more) => set(new Set([...ids, ...more])),
    pickAll: () => set(ids, true),
    clear: () => set(NOTHING),
    request: isAll ? { filter } : { ids: [...ids] },
  };
}
