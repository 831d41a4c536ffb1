import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import { words } from '../words/index.ts';
import { useKeys } from './keys.tsx';
import styles from './shell.module.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
  readonly isError: boolean;
}

export interface NewToast {
  readonly text: string;
  readonly undo?: () => void;
  readonly isError?: boolean;
}

const SHOWN_MS = 10_000;
const UNDO_KEY = 'z';

const ToastContext = createContext<(toast: NewToast) => void>(() => undefined);

/** Shows a message for ten seconds, with its undo if there is one. */
export function useToast(): (toast: NewToast) => void {
  return use(ToastContext);
}

/** Messages at the foot of the page: one at a time, so that `z` always means the last move. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const show = useCallback((next: NewToast) => {
    setToast((before) => ({ isError: false, ...next, id: (before?.id ?? 0) + 1 }));
  }, []);
  useEffect(() => {
    if (toast === null) return undefined;
    const timer = setTimeout(() => setToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const undo = () => {
    toast?.undo?.();
    setToast(null);
  };
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.toasts} role={toast?.isError === true ? 'alert' : 'status'}>
        {toast !== null && (
          <div key={toast.id} className={styles.toast} data-error={toast.isError}>
            <span>{toast.text}</span>
            {toast.undo !== undefined && <UndoButton undo={undo} />}
            <button
              type="button"
              className={styles.plain}
              aria-label={words.close}
              onClick={() => setToast(null)}
            >
              ×
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  );
}

function UndoButton({ undo }: { readonly undo: () => void }) {
  useKeys([{ key: UNDO_KEY, label: words.keys.undo, run: undo }]);
  return (
    <button type="button" className={styles.undo} onClick={undo}>
      {words.undo} <kbd>{UNDO_KEY}</kbd>
    </button>
  );
}
