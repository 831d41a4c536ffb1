/** One piece of a query. */
import { type QueryNode } from './query.ts';

export interface Token {
  readonly type: 'node' | 'title' | 'and' | 'or' | 'not' | 'near' | 'open' | 'close' | 'end';
  readonly position: number;
  /** The token as written. */
  readonly written: string;
  /** Only for `node`. */
  readonly node?: QueryNode;
  /** Only for `near`. */
  readonly words?: number;
  readonly ordered?: boolean;
}
