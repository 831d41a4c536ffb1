import { sha256Hex } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  evaluate,
  RuleFactsSchema,
  RulesetError,
  runRuleTests,
} from '../index.ts';

const TIERS = BUILT_IN_RULESET.slice(0, BUILT_IN_RULESET.indexOf('riskFactors:'));

/** A ruleset of one rule; `when` begins in the line and column that {@link WHEN_LINE} and 11 give. */
function withRule(when: string, more = ''): string {
  return `${TIERS}rules:
  - id: only
    title: The only rule
    status: active
    level: low
    when: ${when}
    falsepositives: [none known]
    tests:
      positive: [{ name: p }]
      negative: [{ name: n, facts: { match: { kind: asset } } }]
      afterEmbargo: [{ name: a, facts: { embargo: { lifted: true } } }]
${more}`;
}
const WHEN_LINE = TIERS.split('\n').length + 5;

function problemsOf(text: string) {
  try {
    compileRuleset(text, 'rules.yaml');
  } catch (error) {
    if (error instanceof RulesetError) return error.problems;
    throw error;
  }
  throw new Error('the ruleset was accepted');
}

describe('a broken ruleset is refused with the place of every problem', () => {
  it.each([
    ['a field that does not exist', 'match.confidnce > 0.5', 6, 'No such key: confidnce'],
    ['a comparison of two types', "match.confidence > 'high'", 0, 'no such overload: double > string'],
    ['an unfinished condition', 'match.confidence >', 18, 'Unexpected token: EOF'],
    ['a condition that is a number', 'match.confidence', 0, 'must be true or false, but is of type double'],
    ['a regular expression', 'match.kind.matches("(a+)+$")', 0, '`matches` is refused'],
    [
      'a loop inside a loop',
      'match.how.exists(h, match.how.all(g, g == h))',
      20,
      '`all` is refused inside another loop',
    ],
  ])('%s', (_name, when, offset, message) => {
    const [problem] = problemsOf(withRule(when));
    const place = { line: WHEN_LINE, column: 11 + offset };
    expect(problem).toMatchObject({ ruleId: 'only', path: ['rules', 0, 'when'], place });
    expect(problem?.message).toContain(message);
  });

  it.each([
    ['!match.kind.matches("a")', 1],
    ['embargo.lifted && match.kind.matches("a")', 18],
    ['embargo.lifted ? match.kind.matches("a") : true', 17],
    ['[match.kind.matches("a")][0]', 1],
    [`{'a': match.kind.matches("a")}['a']`, 6],
    ['match.how.exists(h, h.matches("a"))', 20],
    ['match.kind.contains(string(match.kind.matches("a")))', 27],
    ['matches(match.kind, "a")', 0],
  ])('a regular expression wherever it stands: %s', (when, offset) => {
    const [problem] = problemsOf(withRule(`>-\n      ${when}`));
    expect(problem?.place).toEqual({ line: WHEN_LINE + 1, column: 7 + offset });
    expect(problem?.message).toBe(
      '`matches` is refused: a regular expression can take for ever; use ==, in, contains, startsWith',
    );
  });

  it.each([
    ['exists_one', 'match.how.all(h, match.how.exists_one(g, g == h))', 17],
    ['filter', 'match.how.exists(h, match.how.filter(g, g == h) == [])', 20],
    ['map', 'match.how.exists_one(h, match.how.map(g, g) == [])', 24],
    ['all', 'match.how.map(h, match.how.all(g, g == h)) == []', 17],
    ['exists', 'match.how.filter(h, match.how.exists(g, g == h)) == []', 20],
    ['all', 'match.how.all(h, !(match.how.all(g, g == h)))', 19],
    ['all', 'match.how.all(h, h == "a" || match.how.all(g, g == h))', 29],
  ])('a loop `%s` inside a loop: %s', (name, when, offset) => {
    expect(problemsOf(withRule(`>-\n      ${when}`))).toMatchObject([
      {
        place: { line: WHEN_LINE + 1, column: 7 + offset },
        message: `\`${name}\` is refused inside another loop`,
      },
    ]);
  });

  it.each(['match.how.all(h, h.contains("a"))', 'match.how.all(h, h != "a") && match.how.all(h, h != "b")'])(
    'but not one loop, or one after another: %s',
    (when) => {
      expect(() => compileRuleset(withRule(`>-\n      ${when}`))).not.toThrow();
    },
  );

  it.each([
    ['more than 300 parts', Array.from({ length: 200 }, () => 'embargo.lifted').join(' || ')],
    ['more than 24 levels', `${'('.repeat(40)}embargo.lifted${')'.repeat(40)}`.replaceAll('(', '!(')],
    [
      'a list of more than 100',
      `match.kind in [${Array.from({ length: 101 }, (_, n) => `'${n}'`).join(', ')}]`,
    ],
  ])('a condition of %s', (_name, when) => {
    expect(problemsOf(withRule(`>-\n      ${when}`))[0]?.message).toMatch(/exceed|limit|max/i);
  });

  it("allows a loop over another loop's result: their costs add up, they don't multiply", () => {
    const chained = "match.how.filter(h, h != '').all(h, h != 'x')";
    expect(() => compileRuleset(withRule(chained))).not.toThrow();
  });

  it('finds the column in a quoted and the line in a folded condition', () => {
    expect(problemsOf(withRule('"!embargo.lifted && match.foo == 1"'))[0]).toMatchObject({
      place: { line: WHEN_LINE, column: 11 + 1 + '!embargo.lifted && match.'.length },
    });
    expect(problemsOf(withRule('>-\n      !embargo.lifted &&\n      match.foo == 1'))[0]).toMatchObject({
      place: { line: WHEN_LINE + 2, column: 7 + 'match.'.length },
    });
  });

  it('tells the whole story in one message', () => {
    expect(() => compileRuleset(withRule('match.foo'), 'rules.yaml')).toThrow(
      `rules.yaml:${WHEN_LINE}:17: rule \`only\`: rules[0].when: No such key: foo`,
    );
  });

  it('reports all problems at once', () => {
    const second = withRule('match.bar').slice(TIERS.length).replace('rules:\n', '');
    const problems = problemsOf(withRule('match.foo', second));
    expect(problems.map(({ message }) => message)).toEqual([
      'rule `only` is defined twice',
      'No such key: foo',
      'No such key: bar',
    ]);
  });

  it('refuses a rule without an honest after-embargo test, and one without falsepositives', () => {
    const text = withRule('"!embargo.lifted"').replace('falsepositives: [none known]', 'falsepositives: []');
    expect(problemsOf(text)[0]?.path).toEqual(['rules', 0, 'falsepositives']);
    const unlifted = withRule('"!embargo.lifted"').replace('lifted: true', 'hoursLeft: -1');
    expect(problemsOf(unlifted)[0]?.message).toContain('lifted: true');
  });

  it('refuses a tier defined twice, and a ruleset in which a creator could be left without a tier', () => {
    const twice = withRule('"!embargo.lifted"').replace('- tier: 5', '- tier: 4');
    expect(problemsOf(twice).map(({ message }) => message)).toEqual(['tier `4` is defined twice']);
    const gap = withRule('"!embargo.lifted"').replace(
      'name: Automated bulk',
      'name: Automated bulk\n    because: [{ when: creator.trusted, reason: trusted }]',
    );
    expect(problemsOf(gap)[0]?.message).toContain('takes all remaining creators');
  });

  it('gives the path of what only the whole file shows to be wrong', () => {
    const good = withRule('"!embargo.lifted"');
    const second = good.slice(TIERS.length).replace('rules:\n', '');
    const pathsOf = (text: string) => problemsOf(text).map(({ path, message }) => [path.join('.'), message]);
    expect(pathsOf(good.replace('- tier: 5', '- tier: 4'))[0]?.[0]).toMatch(/^tiers\.\d\.tier$/);
    expect(pathsOf(good + second)).toEqual([['rules.1.id', 'rule `only` is defined twice']]);
    const niche = '{ niche: tea, focus: leaves, easeThreshold: {} }';
    expect(pathsOf(good.replace('rules:', `niches: [${niche}, ${niche}]\nrules:`))).toEqual([
      ['niches.1.niche', 'niche `tea` is defined twice'],
    ]);
    expect(pathsOf(good.replace('lifted: true', 'hoursLeft: -1'))).toEqual([
      ['rules.0.tests.afterEmbargo.0', 'an after-embargo test needs `facts: { embargo: { lifted: true } }`'],
    ]);
    const bulk = 'name: Automated bulk';
    const last = pathsOf(good.replace(bulk, `${bulk}\n    because: [{ when: creator.trusted, reason: a }]`));
    expect(last).toEqual([['tiers.4', expect.stringContaining('it must have no `because`')]]);
    // An earlier tier without a condition hides all that follow.
    const [earlier] = pathsOf(good.replace(/ {4}because:\n(?: {6,}.*\n)+/, ''));
    expect(earlier).toEqual(['tiers.0', expect.stringMatching(/^needs `because`: /)]);
  });

  it('explains the trap of a condition that begins with an exclamation mark', () => {
    const [problem] = problemsOf(withRule('!embargo.lifted'));
    expect(problem).toMatchObject({ place: { line: WHEN_LINE, column: 11 } });
    expect(problem?.message).toContain('quote what begins with an exclamation mark');
  });

  it('gives the line of what is not even YAML, and refuses a bomb of aliases', () => {
    expect(problemsOf('version: 1\nrules: [')[0]).toMatchObject({ place: { line: 2 } });
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const before = 'abcdefgh'.charAt(index);
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(problemsOf(bomb)[0]?.message).toContain('alias');
  });
});

describe('a rule that compiles but is wrong', () => {
  it("fails its own test, with the rule's id", () => {
    const failed = runRuleTests(compileRuleset(withRule('match.kind == "term"'))).filter(
      ({ passed }) => !passed,
    );
    expect(failed).toEqual([
      { ruleId: 'only', kind: 'afterEmbargo', name: 'a', passed: false, failure: 'matched and should not' },
    ]);
  });

  it('fails a test in which it should match and does not, or breaks', () => {
    const failures = (when: string) =>
      runRuleTests(compileRuleset(withRule(when))).map(({ kind, failure }) => [kind, failure]);
    expect(failures('match.kind == "asset"')).toEqual([
      ['positive', 'should match and did not'],
      ['negative', 'matched and should not'],
      ['afterEmbargo', null],
    ]);
    expect(failures('match.how[5] == "case"')[1]?.[1]).toContain('index out of bounds');
  });

  it('is named when it breaks on the facts of a detection', () => {
    const ruleset = compileRuleset(withRule('match.how[0] == "case"'));
    const { match, failures } = evaluate(ruleset, RuleFactsSchema.parse({}));
    expect(match).toBeNull();
    expect(failures.map(({ ruleId }) => ruleId)).toEqual(['only']);
    expect(failures[0]?.message).toContain('index out of bounds');
    expect(evaluate(ruleset, RuleFactsSchema.parse({ match: { how: ['case'] } })).match?.ruleId).toBe('only');
  });
});

it('a ruleset is known by the hash of its text', () => {
  expect(compileRuleset(BUILT_IN_RULESET).hash).toBe(sha256Hex(BUILT_IN_RULESET));
});
