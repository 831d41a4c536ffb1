import { type LeafCheck } from './leaf-check.ts';
import { type FactLeaf, type QueryLeaf, type QueryNode } from './query.ts';
import { type UserRegex } from './user-regex.ts';

export interface CompiledQuery {
  /** The index of its term. */
  readonly item: number;
  readonly node: QueryNode;
  /** The name that stands for each leaf that has letters. */
  readonly names: ReadonlyMap<QueryLeaf, number>;
  /** The regex of each leaf that is one, or that has none. */
  readonly regexes: ReadonlyMap<QueryLeaf, UserRegex>;
  /** Names, regexes and facts of which one is met in every post that it takes. */
  readonly requiredNames: readonly number[];
  readonly requiredRegexes: readonly UserRegex[];
  readonly requiredFacts: readonly FactLeaf[];
}

/** By the index of a leaf's name: what it takes beside its letters, where that is anything. */
export type LeafChecks = ReadonlyMap<number, LeafCheck | undefined>;
