import { type Term } from '@leakwatch/contracts';
import { type Candidate } from '../../evidence/candidate.ts';
import { describeEvidence } from '../../evidence/evidence.ts';
import { foldText } from '../../fold/fold-text.ts';
import * as s from '../../fold/symbol-flags.ts';
import { nameForm } from '../../names/name-form.ts';
import { nameOf } from '../../names/name.ts';
import { policyOf, type TermPolicy } from '../../policy/term-policy.ts';
import { buildNameTrie } from '../../scan/name-trie.ts';
import { scanNames } from '../../scan/scan-names.ts';
import { alignSpelling, type Alignment } from '../../verify/align-spelling.ts';
import { judgeSpelling } from '../../verify/judge-spelling.ts';
import { loadKnownWords } from '../../words/known-words.ts';
import { WordView } from '../../words/word-view.ts';

/** A place at which the scan finds all letters of a name, as it is compared and as it is judged. */
export interface Spelling {
  readonly alignment: Alignment | undefined;
  readonly candidate: Candidate | undefined;
  /** The part of the text that the candidate covers. */
  readonly matched: string | undefined;
}

/** Scans a text for the letters of one name. The search for typos, gaps and changed order takes no part. */
export function scanForName(
  name: string,
  content: string,
  policy: NonNullable<Term['policy']> = {},
  boundary?: TermPolicy['boundary'],
): Spelling[] {
  const known = loadKnownWords();
  const readPolicy = (length: number, isOrdinary: boolean): TermPolicy => {
    const read = policyOf({ id: 't', text: name, policy }, length, isOrdinary);
    return { ...read, boundary: boundary ?? read.boundary };
  };
  const watched = nameOf(0, name, 'en', readPolicy, known);
  const form = nameForm(0, name);
  if (form === undefined) throw new Error(`${name} has no letters`);
  const text = foldText(content);
  const view = new WordView(known);
  view.read(text);
  const spellings: Spelling[] = [];
  scanNames(text, buildNameTrie([form.key]), {
    spelled(_key, path, _depth, end) {
      const candidate = judgeSpelling(text, view, watched, form, path, end);
      spellings.push({
        alignment: alignSpelling(text, form, path, end),
        candidate,
        matched: candidate && content.slice(candidate.from, candidate.to),
      });
    },
  });
  return spellings;
}

const howOf = ({ evidence }: Candidate) => describeEvidence(evidence).join(' ');

/** Gives the cut that the scan alone takes for the name, and how it differs. */
export function judgedSpellings(...args: Parameters<typeof scanForName>): string[] {
  const found = scanForName(...args).flatMap(({ candidate, matched }) =>
    candidate === undefined ? [] : [`${matched ?? ''} | ${howOf(candidate)} | ${candidate.confidence}`],
  );
  return [...new Set(found)];
}

const KINDS: readonly (readonly [bit: number, kind: string])[] = [
  [s.AFTER_SPACE, 'space'],
  [s.AFTER_LINE, 'line'],
  [s.AFTER_JOINER, 'joiner'],
  [s.AFTER_STOP, 'stop'],
  [s.AFTER_CLAUSE, 'clause'],
  [s.AFTER_PICTURE, 'picture'],
  [s.AFTER_SIGN, 'sign'],
];

function describeKinds(bits: number): string {
  const kinds = KINDS.filter(([bit]) => (bits & bit) !== 0).map(([, kind]) => kind);
  return kinds.length === 0 ? '' : `(${kinds.join(' ')})`;
}

/** Lists what an alignment counts, without zeros. */
export function describeAlignment(found: Alignment | undefined): string {
  if (found === undefined) return 'different';
  const { inner, outerKinds } = found;
  const how = found.evidence === 0 ? '' : `; ${describeEvidence(found.evidence).join(' ')}`;
  const counts: readonly (readonly [count: number, of: string])[] = [
    [found.plain, 'plain'],
    [found.drawn, 'drawn'],
    [found.leet, 'leet'],
    [found.masked, 'masked'],
    [found.weakMasks, 'weak'],
    [found.starMasks, 'stars'],
    [found.edits, 'lost'],
    [found.doubled, 'doubled'],
  ];
  const parts = [
    `end ${found.end}`,
    ...counts.filter(([count]) => count > 0).map(([count, of]) => `${count} ${of}`),
    ...(found.maskSign === undefined ? [] : [`all ${found.maskSign}`]),
    ...(found.edgeMask === -1 ? [] : [`edge behind ${found.edgeMask}`]),
    ...(found.hidesWord ? ['hides a word'] : []),
    ...(inner.hasSpacedWord ? ['spaced'] : []),
    ...(inner.others.count === 0
      ? []
      : [
          `${inner.others.count} of ${inner.others.places} broken${describeKinds(inner.others.kinds)}` +
            (inner.others.partKinds === 0 ? '' : ` parts${describeKinds(inner.others.partKinds)}`),
        ]),
    ...(outerKinds === 0 ? [] : [`between words${describeKinds(outerKinds)}`]),
    ...(found.missingBreaks === 0 ? [] : [`${found.missingBreaks} missing`]),
    ...(found.changedBreaks === 0 ? [] : [`${found.changedBreaks} changed`]),
    ...(found.longestSeparator === 0 ? [] : [`longest ${found.longestSeparator}`]),
  ];
  return parts.join(', ') + how;
}
