/** What the engine may accept for a term. A term's own policy is laid over the defaults of its kind. */
import { z } from 'zod';
import { type Term } from '@leakwatch/contracts';
import { currencyOf } from './price.ts';
import { contextPhrase, type ContextPhrase } from './context.ts';
import { EVIDENCE, evidenceBit, type Evidence, type EvidenceSet } from '../evidence/evidence.ts';

const phrases = z.array(z.string().min(1)).max(200);

export const TermPolicySchema = z.strictObject({
  /** Only these differences are accepted. */
  allow: z.array(z.enum(EVIDENCE)).optional(),
  /** These differences are not accepted. */
  forbid: z.array(z.enum(EVIDENCE)).optional(),
  /** Letters that may be lost, added, changed or swapped in all. */
  maxEdits: z.int().min(0).max(2).optional(),
  /** `word`: only whole words; `part`: also parts of joined words where they show (`camelCase`, hashtags); `anywhere`: within any word. */
  boundary: z.enum(['word', 'part', 'anywhere']).optional(),
  caseSensitive: z.boolean().optional(),
  inflection: z.boolean().optional(),
  /** Its words must stand in order. */
  ordered: z.boolean().optional(),
  /** NEAR/n: how many other words may stand between its words, all together. */
  near: z.int().min(0).max(10).optional(),
  /** At least one of these must occur in the text. */
  require: phrases.optional(),
  /** None of these may occur in the text. */
  exclude: phrases.optional(),
  /** Phrases that hold the term and are no leak: a match within one of them doesn't count. */
  allowedPhrases: phrases.optional(),
  /** Matches less sure than this are dropped. */
  minConfidence: z.number().min(0).max(1).optional(),
});
export type TermPolicyInput = z.infer<typeof TermPolicySchema>;

export interface TermPolicy {
  readonly accepted: EvidenceSet;
  readonly maxEdits: number;
  /** `prefix`: as `word`, and the word may go on. */
  readonly boundary: 'word' | 'part' | 'anywhere' | 'prefix';
  readonly near: number;
  /** Words between which any word may stand, not only fillers: the owner asked for NEAR/n. */
  readonly nearIsExplicit: boolean;
  readonly require: readonly ContextPhrase[];
  readonly exclude: readonly ContextPhrase[];
  readonly allowedPhrases: readonly ContextPhrase[];
  readonly minConfidence: number;
  /** Of a price: its currency must stand beside the figures. */
  readonly currency: ReadonlySet<string> | undefined;
}

const CODES: readonly Evidence[] = ['typo', 'gap', 'reordered', 'shortened', 'number', 'glued'];
const FIGURES: readonly Evidence[] = [
  ...(['typo', 'gap', 'reordered', 'shortened', 'inflected', 'reversed'] as const),
  ...(['leet', 'masked', 'repeat', 'split'] as const),
];

/** Kinds of terms; any other is matched as a product. */
export const KINDS: readonly string[] = [
  'product',
  'codename',
  'sku',
  'hashtag',
  'phrase',
  'price',
  'date',
  'query',
];

/** What each kind of term does not accept. Kinds that aren't listed accept everything. */
const FORBIDDEN_BY_KIND: Readonly<Record<string, readonly Evidence[]>> = {
  sku: CODES,
  // `49EUR` is glued, but to what makes it a price; figures for a day (`2026-03-12`) are numbers written another way.
  price: [...FIGURES, 'number'],
  date: [...FIGURES, 'glued'],
  hashtag: ['gap', 'reordered'],
  phrase: ['reordered', 'reversed', 'shortened'],
};
/** So short a name is found only as it is written. */
const SHORT: readonly Evidence[] = [
  'leet',
  'masked',
  'split',
  'glued',
  'shortened',
  'reversed',
  'typo',
  'repeat',
  'inflected',
];
/** Three letters spaced out may be anything, but not with a digit among them. */
const SHORT_WORD: readonly Evidence[] = ['spaced'];
const SHORT_LENGTH = 3;
/** An ordinary word; the guards do the rest (word-guards.ts). */
const ORDINARY: readonly Evidence[] = ['shortened'];
const DEFAULT_NEAR = 2;

/** A policy that can't be used: which key is wrong, and how. */
export class PolicyError extends Error {}

/**
 * @param length symbols of the name
 * @param isOrdinary whether it is an ordinary word
 * @throws PolicyError
 */
export function policyOf(term: Term, length: number, isOrdinary: boolean): TermPolicy {
  const parsed = TermPolicySchema.safeParse(term.policy ?? {});
  if (!parsed.success) throw new PolicyError(parsed.error.issues.map(describeIssue).join('; '));
  const own = parsed.data;
  const forbidden = [
    ...(FORBIDDEN_BY_KIND[term.kind ?? ''] ?? []),
    ...(length <= SHORT_LENGTH && term.kind !== 'price' ? SHORT : []),
    ...(length <= SHORT_LENGTH && !/\d/.test(term.text) ? SHORT_WORD : []),
    ...(isOrdinary ? ORDINARY : []),
  ].filter((name) => own.allow?.includes(name) !== true);
  let accepted = setOf(own.allow ?? EVIDENCE) & ~setOf(forbidden) & ~setOf(own.forbid ?? []);
  if (own.caseSensitive === true) accepted &= ~evidenceBit('case');
  if (own.inflection !== undefined) accepted = withEvidence(accepted, 'inflected', own.inflection);
  if (own.ordered !== undefined) accepted = withEvidence(accepted, 'reordered', !own.ordered);
  if (own.boundary === 'anywhere') accepted = withEvidence(accepted, 'glued', true);
  if (own.near !== undefined) accepted = withEvidence(accepted, 'gap', own.near > 0);
  return {
    accepted,
    maxEdits: own.maxEdits ?? 2,
    boundary: own.boundary ?? 'part',
    near: own.near ?? DEFAULT_NEAR,
    nearIsExplicit: own.near !== undefined,
    require: own.require?.map(contextPhrase) ?? [],
    exclude: own.exclude?.map(contextPhrase) ?? [],
    allowedPhrases: own.allowedPhrases?.map(contextPhrase) ?? [],
    minConfidence: own.minConfidence ?? 0,
    currency: term.kind === 'price' ? currencyOf(term.text) : undefined,
  };
}

function setOf(names: readonly Evidence[]): EvidenceSet {
  return names.reduce((set, name) => set | evidenceBit(name), 0);
}

function withEvidence(set: EvidenceSet, name: Evidence, wanted: boolean): EvidenceSet {
  return wanted ? set | evidenceBit(name) : set & ~evidenceBit(name);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = ['policy', ...issue.path.map(String)].join('.');
  const hint =
    issue.code === 'unrecognized_keys'
      ? `; known keys are ${Object.keys(TermPolicySchema.shape).join(', ')}`
      : '';
  return `${place}: ${issue.message}${hint}`;
}
