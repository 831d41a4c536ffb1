import { type RulesetSource } from './ruleset-schema.ts';

/** A problem before its place in the file is known; `offset` counts into the scalar at `path`. */
export interface LooseProblem {
  readonly path: readonly PropertyKey[];
  readonly offset: number | null;
  readonly message: string;
}

/** What a schema can't say: each tier once, the order of the tiers, rules with ids of their own, honest tests. */
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

/** Every creator must have a tier, so the last takes whoever is left; any other without a condition would hide the rest. */
function findTierGaps({ tiers }: RulesetSource): LooseProblem[] {
  return tiers.flatMap(({ because }, index) => {
    const isLast = index === tiers.length - 1;
    if (isLast === (because === undefined)) return [];
    const message = isLast
      ? 'the last tier takes whoever is left: it must have no `because`'
      : 'needs `because`: only the last tier takes whoever is left';
    return [{ path: ['tiers', index], offset: null, message }];
  });
}

/** A test named after-embargo that isn't would prove nothing. */
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
