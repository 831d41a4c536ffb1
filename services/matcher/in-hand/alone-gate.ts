/** Lets work run together with other work, or with none at all. */
export interface AloneGate {
  /** Runs work beside other such work. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work once everything else has ended. What comes later waits. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export function createAloneGate(): AloneGate {
  let together = 0;
  let isAlone = false;
  /** Work that runs alone or waits for it. */
  let alone = 0;
  let waiting: (() => void)[] = [];

  const until = async (isOpen: () => boolean) => {
    while (!isOpen()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const tell = () => {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  };

  return {
    together: async (work) => {
      await until(() => alone === 0);
      together += 1;
      try {
        return await work();
      } finally {
        together -= 1;
        tell();
      }
    },
    alone: async (work) => {
      alone += 1;
      try {
        await until(() => together === 0 && !isAlone);
        isAlone = true;
        return await work().finally(() => (isAlone = false));
      } finally {
        alone -= 1;
        tell();
      }
    },
  };
}
