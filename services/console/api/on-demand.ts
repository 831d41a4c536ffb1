/** Something that is opened with its first use. */
export interface OnDemand<T> {
  readonly get: () => Promise<T>;
  /** Closes it if it was opened. */
  close(): Promise<void>;
}

/** Opens with the first use. After a failure the next use tries again. */
export function onDemand<T>(
  open: () => Promise<T>,
  close: (opened: T) => Promise<void> = () => Promise.resolve(),
): OnDemand<T> {
  let opening: Promise<T> | null = null;
  return {
    get: () => {
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    close: async () => {
      if (opening !== null) await close(await opening);
    },
  };
}
