/** In which ways a text may differ from the name that it spells. A match lists them in this order. */
export const EVIDENCE = [
  'query',
  'regex',
  'case',
  'compat',
  'diacritic',
  'zero-width',
  'entity',
  'confusable',
  'leet',
  'repeat',
  'joined',
  'separated',
  'spaced',
  'split',
  'glued',
  'masked',
  'shortened',
  'number',
  'reversed',
  'inflected',
  'typo',
  'reordered',
  'gap',
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** A set of evidence as bits, by the order of {@link EVIDENCE}. */
export type EvidenceSet = number;

const BITS = new Map<Evidence, number>(EVIDENCE.map((name, index) => [name, 1 << index]));

export function evidenceBit(name: Evidence): EvidenceSet {
  return BITS.get(name) ?? 0;
}

/** The names of a set, for people; `exact` for none. */
export function describeEvidence(set: EvidenceSet): string[] {
  if (set === 0) return ['exact'];
  return EVIDENCE.filter((name) => (set & evidenceBit(name)) !== 0);
}

/** It is a boolean query that took the text, by the leaf that is reported. */
export const QUERY = evidenceBit('query');
/** … and that leaf is a regex. */
export const REGEX = evidenceBit('regex');
export const CASE = evidenceBit('case');
export const COMPAT = evidenceBit('compat');
export const DIACRITIC = evidenceBit('diacritic');
export const ZERO_WIDTH = evidenceBit('zero-width');
export const ENTITY = evidenceBit('entity');
export const CONFUSABLE = evidenceBit('confusable');
export const LEET = evidenceBit('leet');
export const REPEAT = evidenceBit('repeat');
export const JOINED = evidenceBit('joined');
export const SEPARATED = evidenceBit('separated');
export const SPACED = evidenceBit('spaced');
export const SPLIT = evidenceBit('split');
export const GLUED = evidenceBit('glued');
export const MASKED = evidenceBit('masked');
export const SHORTENED = evidenceBit('shortened');
export const NUMBER = evidenceBit('number');
export const REVERSED = evidenceBit('reversed');
export const INFLECTED = evidenceBit('inflected');
export const TYPO = evidenceBit('typo');
export const REORDERED = evidenceBit('reordered');
export const GAP = evidenceBit('gap');

/** What sets a word apart from the name's word. */
export const WORD_DIFFERS = INFLECTED | TYPO | MASKED | SHORTENED | REVERSED | REORDERED;
