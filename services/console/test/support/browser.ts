import { z } from 'zod';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty for an answer that is no JSON object. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** A client that keeps its cookie and says where its page came from, as browsers do. */
export class Browser {
  readonly address: string;
  readonly headers: Record<string, string>;

  constructor(address: string, headers: Record<string, string> = {}) {
    this.address = address;
    this.headers = { origin: address, ...headers };
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#send('POST', path, body);
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#send(method, path, body);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.address + path, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie !== undefined) this.headers['cookie'] = cookie;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const parsed = isJson ? z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)) : null;
    return { status: response.status, headers: response.headers, body: parsed?.data ?? {}, text };
  }
}
