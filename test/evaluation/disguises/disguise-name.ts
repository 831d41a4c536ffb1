import { WORD_DISGUISES, type Pick } from './disguise-word.ts';
import { type DisguisedTerm } from './names.ts';

/** Ways to write a whole name. Each answers null for a name it can't disguise. */
type NameDisguise = (term: DisguisedTerm, pick: Pick) => string | null;

const isName = ({ kind }: DisguisedTerm) => kind === 'product' || kind === 'codename';
const words = ({ text }: DisguisedTerm) => text.split(' ');
const ofWords =
  (join: (words: string[]) => string, least = 2): NameDisguise =>
  (term) =>
    isName(term) && words(term).length >= least ? join(words(term)) : null;
const ofNames =
  (change: (text: string) => string | null): NameDisguise =>
  (term) =>
    isName(term) ? change(term.text) : null;
const inEnglish =
  (change: (text: string) => string): NameDisguise =>
  (term) =>
    isName(term) && term.lang === 'en' ? change(term.text) : null;
const ofKind =
  (kind: DisguisedTerm['kind'], change: (text: string) => string | null): NameDisguise =>
  (term) =>
    term.kind === kind ? change(term.text) : null;

/** Where a compound of two English words parts. */
const COMPOUNDS: Readonly<Record<string, readonly [string, string]>> = {
  Thornapple: ['Thorn', 'apple'],
  Marrowgate: ['Marrow', 'gate'],
  Silverlatch: ['Silver', 'latch'],
  Emberquill: ['Ember', 'quill'],
  Stonemarten: ['Stone', 'marten'],
  Falconbridge: ['Falcon', 'bridge'],
};
const ofCompound =
  (join: (first: string, second: string) => string): NameDisguise =>
  ({ text }) => {
    const parts = COMPOUNDS[text];
    return parts === undefined ? null : join(...parts);
  };
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Each word in its own disguise; at least one word stays as it is. */
function mixed({ text, kind }: DisguisedTerm, pick: Pick): string | null {
  const all = text.split(' ');
  if (all.length < 2 || kind === 'sku') return null;
  const kept = pick(all.map((_, n) => n));
  const ways = [
    'spaced',
    'dotted',
    'math_bold',
    'cyrillic',
    'leet',
    'star_vowels',
    'stretched',
    'zero_width',
  ];
  const written = all.map((word, n) =>
    n === kept ? word : (WORD_DISGUISES[pick(ways)]?.(word, pick) ?? word),
  );
  return written.join(' ') === text ? null : written.join(' ');
}

export const NAME_DISGUISES: Readonly<Record<string, NameDisguise>> = {
  exact: ({ text }) => text,
  lower: ofNames((text) => text.toLowerCase()),
  upper: ofNames((text) => text.toUpperCase()),
  joined: ofWords((all) => all.join('')),
  hashtag: ofWords((all) => `#${all.join('')}`),
  slug: ofWords((all) => `https://x.example/p/${all.join('-').toLowerCase()}`),
  underscores: ofWords((all) => all.join('_')),
  newline: ofWords((all) => all.join('\n')),
  quotes_each: ofWords((all) => all.map((word) => `“${word}”`).join(' ')),
  reordered: ofWords((all) => [...all].reverse().join(' ')),
  reordered_lower: ofWords((all) => [...all].reverse().join(' ').toLowerCase()),
  gap: ofWords(([first = '', ...rest]) => `${first} new ${rest.join(' ')}`),
  possessive: inEnglish((text) => `${text}'s`),
  plural: inEnglish((text) => (/[a-z]$/u.test(text) && !text.endsWith('s') ? `${text}s` : text)),
  made_of_it: inEnglish((text) => `${text}gate`),
  korean_particle: ({ text, kind }) => (kind === 'date' ? null : `오늘 ${text}를 샀다`),
  korean_particle_longer: ({ text, kind }) => (kind === 'date' ? null : `${text}에서는`),
  compound_apart: ofCompound((first, second) => `${first} ${second}`.toLowerCase()),
  compound_title: ofCompound((first, second) => `${first} ${capital(second)}`),
  compound_hyphen: ofCompound((first, second) => `${first}-${second}`.toLowerCase()),
  compound_underscore: ofCompound((first, second) => `${first}_${second}`.toLowerCase()),
  mixed,
  sku_underscore: ofKind('sku', (text) => text.replaceAll('-', '_')),
  sku_space: ofKind('sku', (text) => text.replaceAll('-', ' ')),
  sku_joined: ofKind('sku', (text) => text.replaceAll('-', '')),
  sku_letter_o: ofKind('sku', (text) => (text.includes('0') ? text.replace('0', 'O') : null)),
  sku_file: ofKind('sku', (text) => `IMG_${text.replaceAll('-', '_')}_02.jpg`),
  price_usd: ofKind('price', () => '67 usd'),
  price_after: ofKind('price', () => '67$'),
  price_cents: ofKind('price', () => '$67.00'),
  price_range: ofKind('price', () => '$67-79'),
  date_words: ofKind('date', () => 'April 9th'),
  date_day_first: ofKind('date', () => '9 April 2031'),
};
