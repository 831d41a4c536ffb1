import { type Incident } from '@leakwatch/console/schemas';
import { useEffect, useRef, useState } from 'react';
import { reveal } from '../data/queue.ts';
import { useKeys } from '../shell/keys.tsx';
import { useToast } from '../shell/toasts.tsx';
import { words } from '../words/index.ts';
import { describeRefusal } from './use-moves.ts';

const REVEAL_KEY = 'r';

interface Reveal {
  /** The incident without anything hidden, while the key or the button is held. */
  readonly shown: Incident | null;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Shows what is hidden while `r` is held. The server writes each time to the audit log. */
export function useReveal(id: string, isRedacted: boolean): Reveal {
  const [shown, setShown] = useState<Incident | null>(null);
  const isHeld = useRef(false);
  const toast = useToast();
  const stop = () => {
    isHeld.current = false;
    setShown(null);
  };
  const start = () => {
    if (!isRedacted || isHeld.current) return;
    isHeld.current = true;
    reveal(id).then(
      (incident) => {
        if (isHeld.current) setShown(incident);
      },
      (error: unknown) => toast({ text: describeRefusal(error), isError: true }),
    );
  };
  useKeys(isRedacted ? [{ key: REVEAL_KEY, label: words.keys.reveal, run: start }] : []);
  useEffect(() => {
    const onUp = ({ key }: KeyboardEvent) => {
      if (key === REVEAL_KEY) stop();
    };
    document.addEventListener('keyup', onUp);
    window.addEventListener('blur', stop);
    return () => {
      document.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', stop);
      stop();
    };
  }, [id]);
  return { shown, start, stop };
}
