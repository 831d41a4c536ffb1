import { type Nudges } from '../polling/account-stream.ts';

/** Collects nudges until they are taken. However fast a stream is, it holds each account once. */
export function createNudgeBox() {
  let accounts = new Set<string>();
  let moved = new Set<string>();
  let all = false;
  let tell: () => void = () => undefined;
  let heard: Promise<void> | null = null;
  const isEmpty = () => accounts.size === 0 && !all;
  return {
    add: (key: string, isMoved = false): void => {
      accounts.add(key);
      if (isMoved) moved.add(key);
      tell();
    },
    addAll: (): void => {
      all = true;
      tell();
    },
    take: (): Omit<Nudges, 'cursor'> => {
      const taken = { accounts, moved, all };
      accounts = new Set();
      moved = new Set();
      all = false;
      heard = null;
      return taken;
    },
    heard: (): Promise<void> => {
      heard ??= new Promise((resolve) => {
        tell = resolve;
        if (!isEmpty()) resolve();
      });
      return heard;
    },
  };
}
