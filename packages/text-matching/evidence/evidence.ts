/** The ways in which a text can differ from the name that it spells. A match lists them in this order. */
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
  'over-pictures',
  'over-posts',
  'encoded',
  'transliterated',
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

/** A boolean query accepted the text; the match reports one of its leaves. */
export const QUERY = evidenceBit('query');
/** The reported leaf of a boolean query is a regex. */
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
/** Written in base64 or ROT13. Not accepted unless a term's policy asks for it. */
export const ENCODED = evidenceBit('encoded');
/** Written in the letters of another script, by a common scheme: `selinofos` for Σεληνόφως. */
export const TRANSLITERATED = evidenceBit('transliterated');
/** The name begins in the description of one picture and ends in that of the next. */
export const OVER_PICTURES = evidenceBit('over-pictures');
/** The name begins in one post and ends in the next. */
export const OVER_POSTS = evidenceBit('over-posts');

/** The kinds of difference within a single word. */
export const WORD_DIFFERS = INFLECTED | TYPO | MASKED | SHORTENED | REVERSED | REORDERED;
