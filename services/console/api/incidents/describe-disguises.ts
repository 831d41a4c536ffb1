import { readLetters, type Evidence } from '@leakwatch/text-matching';
import { type Disguise } from '../schemas/index.ts';

const LOOK_ALIKES = 'look-alike letters';

/** For people: how a match differs from the name that is registered. */
const OF_TEXT: Readonly<Record<Evidence, string>> = {
  query: 'by a query',
  regex: 'by a pattern',
  case: 'other case',
  compat: 'fancy letters',
  diacritic: 'accents',
  'zero-width': 'invisible characters',
  entity: 'written as HTML',
  confusable: LOOK_ALIKES,
  leet: 'digits for letters',
  repeat: 'stretched letters',
  joined: 'words joined',
  separated: 'signs between words',
  spaced: 'letters spaced',
  split: 'split within',
  glued: 'within a longer word',
  masked: 'letters masked',
  shortened: 'shortened',
  number: 'the number written otherwise',
  reversed: 'backwards',
  inflected: 'inflected',
  typo: 'a typo',
  reordered: 'other order',
  gap: 'words between',
  'over-pictures': 'over two pictures',
  'over-posts': 'over two posts',
  encoded: 'encoded',
  transliterated: 'in another script',
};

const SAYS: Readonly<Record<string, string>> = {
  ...OF_TEXT,
  exact: 'exactly as registered',
  translation: 'a translation',
  sha256: 'the same file',
  pdq: 'the same picture',
  region: 'a matching part',
  features: 'matching details',
  mirrored: 'mirrored',
  negative: 'colours inverted',
  'after-lift': 'after the lift',
};

const ASSET_FRAME = 'asset-frame-';

/** Its letters are all Latin. */
const ASCII = /^\p{ASCII}*$/u;
const LATIN = /\p{Script=Latin}/u;
/** Scripts whose letters look like others. */
const SCRIPTS = ['Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Latin'].map((script) => ({
  script,
  letter: new RegExp(`\\p{Script=${script}}`, 'u'),
}));

export function describeDisguises(how: readonly string[], matched: string): Disguise[] {
  return how.map((code) =>
    // The other picture may be of a campaign that the reader does not see.
    code.startsWith('looks-like:')
      ? { code: 'looks-like', says: 'may be another registered picture' }
      : { code, says: says(code, matched) },
  );
}

function says(code: string, matched: string): string {
  if (code === 'confusable') return describeLookAlikes(matched) ?? LOOK_ALIKES;
  const known = SAYS[code];
  if (known !== undefined) return known;
  const [name = '', value = ''] = /^([a-z]+)-(.+)$/.exec(code)?.slice(1) ?? [];
  if (name === 'rotated') return `turned by ${value}°`;
  if (code.startsWith(ASSET_FRAME)) return `frame or page ${code.slice(ASSET_FRAME.length)} of it`;
  if (name === 'inliers') return `${value} points agree`;
  if (name === 'likeness') return `${Math.round(Math.abs(Number(value)) * 100)} % alike`;
  return code.replaceAll('-', ' ');
}

const PAIRS_SHOWN = 4;

/**
 * `look-alike letters: Cyrillic о for o`: the letters of the rarer script in a name that mixes two, and what they stand for. Null if
 * there are none.
 */
export function describeLookAlikes(matched: string): string | null {
  if (ASCII.test(matched)) return null;
  const letters = readLetters(matched).map((one) => ({ ...one, written: matched.slice(one.from, one.to) }));
  const byScript = SCRIPTS.map(({ script, letter }) => ({
    script,
    letter,
    letters: letters.filter(({ written }) => letter.test(written)),
  }))
    .filter((one) => one.letters.length > 0)
    .toSorted((one, other) => one.letters.length - other.letters.length);
  const [rarest] = byScript;
  const usual = byScript.at(-1);
  if (rarest === undefined || usual === undefined) return null;
  if (rarest === usual && rarest.script === 'Latin') return null;
  // A name in one foreign script stands for one in Latin letters.
  const meant = rarest === usual ? LATIN : usual.letter;
  const pairs = rarest.letters.flatMap(({ written, others }) => {
    const other = others.find((one) => meant.test(one));
    return other === undefined ? [] : [`${written} for ${inCaseOf(written, other)}`];
  });
  if (pairs.length === 0) return null;
  return `${LOOK_ALIKES}: ${rarest.script} ${[...new Set(pairs)].slice(0, PAIRS_SHOWN).join(', ')}`;
}

function inCaseOf(written: string, letter: string): string {
  return written === written.toLowerCase() ? letter : letter.toUpperCase();
}
