/** One piece of a query. */
import { type QueryNode } from './query.ts';

export interface Token {
  readonly type: 'node' | 'title' | 'and' | 'or' | 'not' | 'near' | 'open' | 'close' | 'end';
  readonly position: number;
  /** As it was written. */
  readonly written: string;
  /** Of `node`. */
  readonly node?: QueryNode;
  /** Of `near`. */
  readonly words?: number;
  readonly ordered?: boolean;
}
