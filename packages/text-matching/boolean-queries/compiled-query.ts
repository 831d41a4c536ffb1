import { type NameLeaf, type QueryNode, type RegexLeaf } from './query.ts';
import { type UserRegex } from './user-regex.ts';

export interface CompiledQuery {
  /** Which term it is. */
  readonly item: number;
  readonly node: QueryNode;
  /** The name that stands for each leaf. */
  readonly names: ReadonlyMap<NameLeaf, number>;
  readonly regexes: ReadonlyMap<RegexLeaf, UserRegex>;
  /** Names and regexes of which one is met in every text that it takes. */
  readonly requiredNames: readonly number[];
  readonly requiredRegexes: readonly UserRegex[];
}
