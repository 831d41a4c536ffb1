import { sha256Hex, YamlSource, type Severity, type Tier } from '@leakwatch/contracts';
import { celCompiler, type FactsOf } from './cel-expression.ts';
import { type Expression, type ExpressionCompiler } from './expression.ts';
import { RISK_FACTS, RULE_FACTS, TIERING_FACTS, type RiskFacts, type TieringFacts } from './facts.ts';
import { findEnvelopeProblems, type LooseProblem } from './check-envelope.ts';
import { RulesetError, type RulesetProblem } from './ruleset-error.ts';
import { RulesetSchema, type RuleTest, type RulesetSource } from './ruleset-schema.ts';

type RuleCondition = Expression<FactsOf<typeof RULE_FACTS>>;

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly status: 'draft' | 'shadow' | 'active';
  readonly level: Severity;
  /** Null: every tier. */
  readonly tiers: ReadonlySet<Tier> | null;
  readonly condition: RuleCondition;
  /** Says if people get notices of a re-scan's findings. */
  readonly tellRescans: boolean;
  readonly falsepositives: readonly string[];
  readonly tests: Readonly<Record<'positive' | 'negative' | 'afterEmbargo', readonly RuleTest[]>>;
}

export interface TierDefinition {
  readonly tier: Tier;
  readonly name: string;
  /** Null: all remaining creators. */
  readonly because:
    readonly { readonly condition: Expression<TieringFacts>; readonly reason: string }[] | null;
  /** 0 to 1. */
  readonly confidenceThreshold: number;
  readonly minutesToAct: Readonly<Record<Severity, number>>;
  readonly minutesToResolve: Readonly<Record<Severity, number>>;
  /** The people to notify when a deadline passes, level by level; null: the settings decide. */
  readonly escalateTo: readonly string[] | null;
  readonly tell: 'immediately' | 'digest';
  readonly review: ReviewPolicy;
  readonly holdDays: number;
}

/** The share of a tier's posts that people review, with or without an alert. */
export interface ReviewPolicy {
  /** Share of posts drawn at random. */
  readonly randomShare: number;
  /** Every n-th post of a creator; null: none by count. */
  readonly everyNth: number | null;
  /** Every post while an embargo that concerns the creator has not lifted. */
  readonly campaignWindow: boolean;
}

/** The matches that deserve most attention in a line of business. */
export interface Niche {
  readonly niche: string;
  readonly focus: string;
  /** How far a match may fall below the tier's threshold, by the match's kind or its term's kind. */
  readonly easeThreshold: Readonly<Record<string, number>>;
}

export interface RiskFactor {
  readonly condition: Expression<RiskFacts>;
  readonly points: number;
  readonly reason: string;
}

/** Tiers, risk factors and rules, compiled and checked. It never changes. */
export interface Ruleset {
  /** SHA-256 of its text. */
  readonly hash: string;
  /** Tried in this order. */
  readonly tiers: readonly TierDefinition[];
  readonly riskFactors: readonly RiskFactor[];
  readonly leakWindowDays: number;
  readonly lookBackDays: number;
  readonly niches: readonly Niche[];
  readonly rules: readonly Rule[];
}

const compileRule = celCompiler(RULE_FACTS);
const compileTiering = celCompiler(TIERING_FACTS);
const compileRisk = celCompiler(RISK_FACTS);

/**
 * Reads a ruleset from YAML and checks the envelope, and each condition's syntax, types and cost. {@link runRuleTests} runs
 * the rules' own tests.
 *
 * @param file - its name, for messages
 * @throws RulesetError naming line, column and rule of every problem
 */
export function compileRuleset(yamlText: string, file = 'ruleset'): Ruleset {
  const yaml = new YamlSource(yamlText);
  const parsed = yaml.check(RulesetSchema);
  if (!parsed.ok) {
    throw new RulesetError(
      file,
      parsed.problems.map((problem) => ({ ...problem, ruleId: ruleIdAt(yaml.value, problem.path) })),
    );
  }
  const problems: LooseProblem[] = findEnvelopeProblems(parsed.value);
  const ruleset = compileParts(parsed.value, sha256Hex(yamlText), problems);
  if (problems.length === 0) return ruleset;
  throw new RulesetError(
    file,
    problems.map((problem) => locate(yaml, problem)),
  );
}

function compileParts(source: RulesetSource, hash: string, problems: LooseProblem[]): Ruleset {
  const compile = <Facts>(compiler: ExpressionCompiler<Facts>, text: string, path: PropertyKey[]) => {
    const result = compiler(text);
    if (result.ok) return result.expression;
    problems.push(...result.problems.map(({ offset, message }) => ({ path, offset, message })));
    return NEVER;
  };
  return {
    hash,
    tiers: source.tiers.map((tier, t) => ({
      ...tier,
      minutesToResolve: tier.minutesToResolve ?? resolveTimes(tier.minutesToAct),
      escalateTo: tier.escalateTo ?? null,
      because:
        tier.because?.map(({ when, reason }, r) => ({
          condition: compile(compileTiering, when, ['tiers', t, 'because', r, 'when']),
          reason,
        })) ?? null,
    })),
    riskFactors: source.riskFactors.map(({ when, points, reason }, f) => ({
      condition: compile(compileRisk, when, ['riskFactors', f, 'when']),
      points,
      reason,
    })),
    leakWindowDays: source.leakWindowDays,
    lookBackDays: source.lookBackDays,
    niches: source.niches,
    rules: source.rules.map(({ when, tiers, ...rule }, r) => ({
      ...rule,
      tiers: tiers === undefined ? null : new Set(tiers),
      condition: compile(compileRule, when, ['rules', r, 'when']),
    })),
  };
}

/** For a ruleset without times to resolve: a working day for each hour to act. */
const RESOLVE_PER_ACT = 8;

function resolveTimes(toAct: Readonly<Record<Severity, number>>): Record<Severity, number> {
  return {
    low: toAct.low * RESOLVE_PER_ACT,
    medium: toAct.medium * RESOLVE_PER_ACT,
    high: toAct.high * RESOLVE_PER_ACT,
    critical: toAct.critical * RESOLVE_PER_ACT,
  };
}

/** Replaces a condition that did not compile until all problems are known; never part of a returned ruleset. */
const NEVER: Expression<unknown> = { source: 'false', evaluate: () => false };

function locate(yaml: YamlSource, { path, offset, message }: LooseProblem): RulesetProblem {
  const place = offset === null ? yaml.placeOf(path) : yaml.placeWithin(path, offset);
  return { place, path, ruleId: ruleIdAt(yaml.value, path), message };
}

/** The id of the rule that a path leads into, if the file has one. */
function ruleIdAt(value: unknown, path: readonly PropertyKey[]): string | null {
  if (path[0] !== 'rules' || typeof path[1] !== 'number') return null;
  const rules = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : null;
  const rule: unknown = Array.isArray(rules) ? rules[path[1]] : null;
  return typeof rule === 'object' && rule !== null && 'id' in rule && typeof rule.id === 'string'
    ? rule.id
    : null;
}
