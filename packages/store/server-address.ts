import pg from 'pg';
import { hostOf } from './database-address.ts';

/** Where connections go. It is asked for each new one. */
export interface ServerAddress {
  /** The address of now: an embedded server that restarted may have moved to another port. */
  readonly url: () => string;
  /** Finds the server that takes writes, where there may be several. */
  readonly find?: () => Promise<URL>;
}

type OnConnected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

/** The clients of pg that go there. */
export function clientOf(address: ServerAddress): typeof pg.Client {
  return class AddressedClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super({ ...(typeof config === 'string' ? {} : config), connectionString: address.url() });
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: OnConnected): void;
    override connect(callback?: OnConnected): Promise<pg.Client> | void {
      const found = this.#goToWriter();
      if (callback === undefined) return found.then(() => super.connect());
      found.then(
        () => super.connect(callback),
        (error: unknown) => void Reflect.apply(callback, undefined, [error]),
      );
    }

    async #goToWriter(): Promise<void> {
      const server = await address.find?.();
      if (server === undefined) return;
      this.host = hostOf(server);
      this.port = Number(server.port || 5432);
    }
  };
}
