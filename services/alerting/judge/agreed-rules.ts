import { type AgreedText } from '../agree/change-text.ts';
import { loadRuleset } from './load-ruleset.ts';

/** The rules as two people change them: they compile and pass their own tests. */
export const AGREED_RULES: AgreedText = { kind: 'rules', check: (text) => loadRuleset(text, 'rules').hash };
