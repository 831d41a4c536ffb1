import { messageOf } from '@leakwatch/runtime';

/** The outcome of a check of this machine or its settings. */
export interface Finding {
  readonly name: string;
  /** `open`: neither well nor wrong, something that is not set up. */
  readonly state: 'well' | 'open' | 'wrong';
  readonly says: string;
  /** How to mend it. */
  readonly todo?: string;
}

export function well(name: string, says: string): Finding {
  return { name, state: 'well', says };
}

export function open(name: string, says: string, todo?: string): Finding {
  return { name, state: 'open', says, ...(todo === undefined ? {} : { todo }) };
}

export function wrong(name: string, says: unknown, todo?: string): Finding {
  return { name, state: 'wrong', says: messageOf(says), ...(todo === undefined ? {} : { todo }) };
}
