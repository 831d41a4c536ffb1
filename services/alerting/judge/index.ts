export { decideProposal, proposeRules, RulesChangeError } from './change-rules.ts';
export { loadBuiltInRuleset, loadRuleset, readRulesText } from './load-ruleset.ts';
export { compileRules, readRules, readRuleset } from './read-rules.ts';
export { loadOpenProposal } from './queries/rules-proposals.ts';
export { listSilences } from './queries/list-silences.ts';
export { type Silence } from './queries/silence-row.ts';
