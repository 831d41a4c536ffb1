export { loadBuiltInRuleset, loadRuleset, readRuleset, readRulesText } from './load-ruleset.ts';
export { listSilences } from './queries/list-silences.ts';
export { type Silence } from './queries/silence-row.ts';
