import { type RulesetSource } from './ruleset-schema.ts';

/** A problem without its place in the file; `offset` counts into the scalar at `path`. */
export interface LooseProblem {
  readonly path: readonly PropertyKey[];
  readonly offset: number | null;
  readonly message: string;
}

/** Finds mistakes that a schema can't express: tiers missing, twice or out of order, duplicate rule ids, wrong tests. */
export function findEnvelopeProblems(source: RulesetSource): LooseProblem[] {
  return [
    ...findTwins(
      source.tiers.map(({ tier }) => tier),
      (index) => ['tiers', index, 'tier'],
      'tier',
    ),
    ...findTwins(
      source.rules.map(({ id }) => id),
      (index) => ['rules', index, 'id'],
      'rule',
    ),
    ...findTwins(
      source.niches.map(({ niche }) => niche),
      (index) => ['niches', index, 'niche'],
      'niche',
    ),
    ...findTierGaps(source),
    ...findUnliftedTests(source),
  ];
}

function findTwins(
  names: readonly (string | number)[],
  pathOf: (index: number) => PropertyKey[],
  what: string,
): LooseProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: pathOf(index), offset: null, message: `${what} \`${name}\` is defined twice` }]
      : [],
  );
}

/**
 * Every creator must have a tier, so the last one takes all remaining creators. Any other without a condition would hide
 * the rest.
 */
function findTierGaps({ tiers }: RulesetSource): LooseProblem[] {
  return tiers.flatMap(({ because }, index) => {
    const isLast = index === tiers.length - 1;
    if (isLast === (because === undefined)) return [];
    const message = isLast
      ? 'the last tier takes all remaining creators: it must have no `because`'
      : 'needs `because`: only the last tier takes all remaining creators';
    return [{ path: ['tiers', index], offset: null, message }];
  });
}

/** A wrong after-embargo test would prove nothing. */
function findUnliftedTests({ rules }: RulesetSource): LooseProblem[] {
  return rules.flatMap((rule, r) =>
    rule.tests.afterEmbargo.flatMap(({ facts }, t) =>
      facts.embargo.lifted
        ? []
        : [
            {
              path: ['rules', r, 'tests', 'afterEmbargo', t],
              offset: null,
              message: 'an after-embargo test needs `facts: { embargo: { lifted: true } }`',
            },
          ],
    ),
  );
}
