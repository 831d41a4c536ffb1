/**
 * Bounds the bytes that a process holds for many pieces of work at once. Each piece opens an account and takes what it
 * needs, step by step, until it closes:
 *
 *   open ──take──▶ held ──settle──▶ held, by its true size ──close──▶ room for others
 *            └─no room─▶ waits
 *
 * Accounts that all wait for each other would never end. So the rest of what the oldest account may hold always stays free
 * for it: it is never kept waiting, and when it closes the next one is the oldest.
 */

export interface ByteBudget {
  /** Opens an account. The first one opened that is still open is the oldest. */
  open(): ByteAccount;
  /** Bytes held now by all accounts. */
  held(): number;
}

export interface ByteAccount {
  /**
   * Waits for room, and holds it.
   *
   * @param wanted.bytes - the bytes needed; the most that may be needed if `isExact` is false
   * @throws OverBudgetError if the account can't hold so much; the signal's reason
   */
  take(wanted: { bytes: number; isExact: boolean }, signal?: AbortSignal): Promise<HeldBytes>;
  /** Gives everything back, and refuses what waits. Repeatable. */
  close(): void;
}

export interface HeldBytes {
  /** The bytes to use: `wanted`, or as many as the account has left. */
  readonly bytes: number;
  /** Gives back what was not needed; 0 gives all back. */
  settle(bytes: number): void;
}

/** Work that needs more bytes than one account may hold. */
export class OverBudgetError extends Error {
  override readonly name = 'OverBudgetError';
}

interface Account {
  held: number;
  /** Holds that may still shrink. */
  open: number;
}

interface Waiting {
  readonly account: Account;
  readonly wanted: { bytes: number; isExact: boolean };
  readonly grant: (held: HeldBytes) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * @param options.bytes - the most that is held by all; at least twice `perAccount`
 * @param options.perAccount - the most that one account holds
 */
export function createByteBudget(options: { bytes: number; perAccount: number }): ByteBudget {
  const { perAccount } = options;
  const total = Math.max(options.bytes, 2 * perAccount);
  const accounts = new Set<Account>();
  const waiting = new Set<Waiting>();

  const heldBy = (some: Iterable<Account>) => [...some].reduce((sum, { held }) => sum + held, 0);

  const hasRoom = (account: Account, bytes: number): boolean => {
    const [oldest] = accounts;
    if (account === oldest) return true;
    const others = heldBy(accounts) - (oldest?.held ?? 0);
    return others + bytes <= total - perAccount;
  };

  /** Bytes to grant now, or why not. */
  const look = ({ account, wanted }: Waiting): number | 'wait' | 'never' => {
    const left = perAccount - account.held;
    const bytes = wanted.isExact ? wanted.bytes : Math.min(wanted.bytes, left);
    // A hold that may shrink may leave room.
    if (bytes > left || bytes === 0) return account.open > 0 ? 'wait' : 'never';
    if (!wanted.isExact && bytes < wanted.bytes && account.open > 0) return 'wait';
    return hasRoom(account, bytes) ? bytes : 'wait';
  };

  const hold = (account: Account, bytes: number): HeldBytes => {
    account.held += bytes;
    account.open += 1;
    let now = bytes;
    let isOpen = true;
    return {
      bytes,
      settle: (used) => {
        if (!accounts.has(account)) return;
        account.held -= now - Math.min(used, now);
        now = Math.min(used, now);
        if (isOpen) account.open -= 1;
        isOpen = false;
        serve();
      },
    };
  };

  const serve = () => {
    for (const one of waiting) {
      const answer = look(one);
      if (answer === 'wait') continue;
      waiting.delete(one);
      if (answer === 'never') one.refuse(over(perAccount));
      else one.grant(hold(one.account, answer));
    }
  };

  const take = (account: Account, wanted: Waiting['wanted'], signal?: AbortSignal): Promise<HeldBytes> =>
    new Promise((resolve, reject) => {
      const settled = () => signal?.removeEventListener('abort', abort);
      const one: Waiting = {
        account,
        wanted,
        grant: (held) => {
          settled();
          resolve(held);
        },
        refuse: (error) => {
          settled();
          reject(error);
        },
      };
      const abort = () => {
        if (waiting.delete(one)) one.refuse(reasonOf(signal));
      };
      if (signal?.aborted === true) {
        reject(reasonOf(signal));
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      waiting.add(one);
      serve();
    });

  return {
    held: () => heldBy(accounts),
    open: () => {
      const account: Account = { held: 0, open: 0 };
      accounts.add(account);
      return {
        take: (wanted, signal) => take(account, wanted, signal),
        close: () => {
          if (!accounts.delete(account)) return;
          for (const one of waiting) {
            if (one.account !== account) continue;
            waiting.delete(one);
            one.refuse(new Error('the account is closed'));
          }
          serve();
        },
      };
    },
  };
}

function over(perAccount: number): OverBudgetError {
  return new OverBudgetError(`more than ${perAccount} bytes at once`);
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
