export { AGREED_RULES } from './agreed-rules.ts';
export { embargoStanding } from './checks/check-embargo.ts';
export { loadBuiltInRuleset, loadRuleset, readRulesText } from './load-ruleset.ts';
export { compileRules, readRules, readRuleset } from './read-rules.ts';
export { listSilences } from './queries/list-silences.ts';
export { type Silence } from './queries/silence-row.ts';
