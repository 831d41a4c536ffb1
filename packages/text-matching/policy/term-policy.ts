/** Decides what the engine accepts for a term. A term's own policy overrides the defaults of its kind. */
import { z } from 'zod';
import { type Term } from '@leakwatch/contracts';
import { dayOf, type CalendarDay } from '../dates/calendar-day.ts';
import { languageOf } from '../languages/language-of.ts';
import { codeOf, type Code } from '../skus/code.ts';
import { priceOf, type Price } from '../prices/price.ts';
import { contextPhrase, type ContextPhrase } from './context.ts';
import { EVIDENCE, evidenceBit, type Evidence, type EvidenceSet } from '../evidence/evidence.ts';

const phrases = z.array(z.string().min(1)).max(200);

const TermPolicySchema = z.strictObject({
  /** Only these differences are accepted. */
  allow: z.array(z.enum(EVIDENCE)).optional(),
  /** These differences are not accepted. */
  forbid: z.array(z.enum(EVIDENCE)).optional(),
  /** The most letters lost, added, changed or swapped, in all. */
  maxEdits: z.int().min(0).max(2).optional(),
  /** `word`: whole words only; `part`: also visible parts of joined words (`camelCase`, hashtags); `anywhere`: within any word. */
  boundary: z.enum(['word', 'part', 'anywhere']).optional(),
  caseSensitive: z.boolean().optional(),
  inflection: z.boolean().optional(),
  /** True to look for it in base64 and ROT13, too. Such a match has half the confidence of a plain one. */
  encoded: z.boolean().optional(),
  /** True if its words must stand in order. */
  ordered: z.boolean().optional(),
  /** NEAR/n: the most other words between its words, all together. */
  near: z.int().min(0).max(10).optional(),
  /** At least one of these must occur in the text. */
  require: phrases.optional(),
  /** None of these may occur in the text. */
  exclude: phrases.optional(),
  /** Harmless phrases that contain the term: a match within one of them does not count. */
  allowedPhrases: phrases.optional(),
  /** Matches with a lower confidence are dropped. */
  minConfidence: z.number().min(0).max(1).optional(),
});

export interface TermPolicy {
  readonly accepted: EvidenceSet;
  readonly maxEdits: number;
  /** `prefix`: like `word`, but the word may continue. */
  readonly boundary: 'word' | 'part' | 'anywhere' | 'prefix';
  readonly near: number;
  /** True if the owner asked for NEAR/n, so that any word may stand between its words, not only fillers. */
  readonly nearIsExplicit: boolean;
  readonly require: readonly ContextPhrase[];
  readonly exclude: readonly ContextPhrase[];
  readonly allowedPhrases: readonly ContextPhrase[];
  readonly minConfidence: number;
  /** For a price that names its currency: its value. */
  readonly price: Price | undefined;
  /** For a date that names a single day: its value. */
  readonly date: CalendarDay | undefined;
  /** For a SKU with letters and digits: its value. */
  readonly code: Code | undefined;
}

/** `number` is accepted of a SKU: its figures in words. In `leet`, `8` would be `B`; letters that look like digits are in `skus/`. */
const CODES: readonly Evidence[] = ['typo', 'gap', 'reordered', 'shortened', 'glued', 'leet'];
const FIGURES: readonly Evidence[] = [
  ...(['typo', 'gap', 'reordered', 'shortened', 'inflected', 'reversed'] as const),
  ...(['leet', 'masked', 'repeat', 'split'] as const),
];

/** The known kinds of terms. A term of any other kind is matched as a product. */
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

/** The evidence that each kind of term does not accept. Kinds not listed accept everything. */
const FORBIDDEN_BY_KIND: Readonly<Record<string, readonly Evidence[]>> = {
  sku: CODES,
  // `49EUR` is glued to its currency, which makes it a price. `EUR 49` is that number in another form, as is a day in figures.
  price: FIGURES,
  date: [...FIGURES, 'glued'],
  hashtag: ['gap', 'reordered'],
  phrase: ['reordered', 'reversed', 'shortened'],
};
/** Not accepted for a very short name, which is found only as it is written. */
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
/** Not accepted for three letters without a digit: spaced out, they may be anything. */
const SHORT_WORD: readonly Evidence[] = ['spaced'];
const SHORT_LENGTH = 3;
/** Not accepted for an ordinary word. The guards check the rest (word-guards.ts). */
const ORDINARY: readonly Evidence[] = ['shortened'];
const DEFAULT_NEAR = 2;

/** An invalid policy. The message names the key and the mistake. */
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
  accepted = withEvidence(accepted, 'encoded', own.encoded ?? own.allow?.includes('encoded') ?? false);
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
    price: term.kind === 'price' ? priceOf(term.text) : undefined,
    date: term.kind === 'date' ? dayOf(term.text, term.lang ?? languageOf(term.text)) : undefined,
    code: term.kind === 'sku' ? codeOf(term.text) : undefined,
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
