import { type Disguise } from '../schemas/index.ts';

/** For people: how a match differs from the name or the picture that is registered. */
const SAYS: Readonly<Record<string, string>> = {
  exact: 'exact',
  query: 'by a query',
  regex: 'by a pattern',
  case: 'other case',
  compat: 'fancy letters',
  diacritic: 'accents',
  'zero-width': 'invisible characters',
  entity: 'written as HTML',
  confusable: 'look-alike letters',
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
  sha256: 'the same file',
  pdq: 'the same picture',
  region: 'a part of the picture',
  features: 'details of the picture',
  mirrored: 'mirrored',
  negative: 'colours inverted',
  'after-lift': 'after the lift',
};

/** Scripts whose letters look like others. */
const SCRIPTS = ['Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Latin'].map((script) => ({
  script,
  letter: new RegExp(`\\p{Script=${script}}`, 'u'),
}));

export function describeDisguises(how: readonly string[], matched: string): Disguise[] {
  return how.map((code) => ({ code, says: says(code, matched) }));
}

function says(code: string, matched: string): string {
  if (code === 'confusable') return lookAlikes(matched) ?? 'look-alike letters';
  const known = SAYS[code];
  if (known !== undefined) return known;
  const [name = '', value = ''] = /^([a-z]+)-(.+)$/.exec(code)?.slice(1) ?? [];
  if (name === 'rotated') return `turned by ${value}°`;
  if (name === 'inliers') return `${value} points agree`;
  if (name === 'likeness') return `likeness ${value}`;
  return code.replaceAll('-', ' ');
}

/** `Cyrillic о, е`: the letters of the rarer script in a name that mixes two. */
function lookAlikes(matched: string): string | null {
  const letters = Array.from(matched);
  const byScript = SCRIPTS.map(({ script, letter }) => ({
    script,
    letters: letters.filter((one) => letter.test(one)),
  })).filter((one) => one.letters.length > 0);
  const rarest = byScript.toSorted((one, other) => one.letters.length - other.letters.length)[0];
  if (rarest === undefined || (byScript.length < 2 && rarest.script === 'Latin')) return null;
  return `${rarest.script} ${[...new Set(rarest.letters)].slice(0, 6).join(', ')}`;
}
