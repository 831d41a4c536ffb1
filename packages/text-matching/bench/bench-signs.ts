/**
 * Measures texts of signs against prose of the same length: `npx tsx packages/text-matching/bench/bench-signs.ts [length]`.
 * Each line gives a text's repeated unit, its milliseconds of processor time, and how many times prose it takes.
 */
import { readFileSync } from 'node:fs';
import { captionOf, compileTextMatcher } from '../index.ts';

const UNITS = [
  ...[
    '@',
    '(',
    '#a',
    '((',
    '#',
    '.',
    '/?',
    '?',
    '!',
    '|',
    '*',
    '_',
    '-',
    '$',
    '%',
    '%25',
    '%2525252',
    '&amp;',
    '\\x51',
  ],
  ...[
    '<',
    '<b>',
    '[',
    '{',
    '"',
    "'",
    '~',
    '^',
    '=',
    '+',
    ',',
    ':',
    ';',
    '\u200d',
    '\u0301',
    '👩‍👩‍👧‍👦',
    '漢字',
    'كتاب ',
  ],
  ...[
    'http://a.b/c ',
    '#a ',
    '@a ',
    '@a',
    'q ',
    '9u1ll0n 3mb3 ',
    'Q.u.i.l.l.o.n. ',
    '_q_u_i_l_l_o_n_',
    'Qu*ll*n ',
  ],
  ...[
    '𝓺𝓾𝓲𝓵𝓵𝓸𝓷 ',
    'quillon',
    'QuillonEmbe',
    'Quillon Embe ',
    'a',
    '1',
    '0',
    '\n',
    ' ',
    '()',
    '🔥',
    '#a#',
    'i|l!',
    '1,2',
  ],
];

const length = Number(process.argv[2] ?? 100_000);
const prose = readFileSync(new URL('../DESIGN.md', import.meta.url), 'utf8').replaceAll(/[`|*#()]/g, ' ');
const fill = (unit: string) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const names = [
  'Quillon Ember',
  'Marrow Peak',
  'velora mist',
  'quillfeather',
  'NX-4410B',
  'autumn drop',
  '星屑リップ',
];
const { matcher } = compileTextMatcher(
  names.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
);

function measure(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    // Another text each time, since texts in which nothing was found are remembered.
    const post = captionOf(`${text.slice(0, -8)}${String(Math.random()).slice(2, 10)}`);
    const before = process.cpuUsage();
    matcher.readPost(post);
    best = Math.min(best, process.cpuUsage(before).user / 1000);
  }
  return best;
}

for (let round = 0; round < 3; round++) measure(fill(prose));
const base = measure(fill(prose));
process.stdout.write(`prose ${base.toFixed(1)} ms for ${length} characters\n`);
const rows = UNITS.map((unit) => ({ unit, ms: measure(fill(unit)) })).sort((one, other) => other.ms - one.ms);
for (const { unit, ms } of rows) {
  process.stdout.write(
    `${(ms / base).toFixed(2).padStart(7)} × ${ms.toFixed(1).padStart(8)} ms  ${JSON.stringify(unit)}\n`,
  );
}
