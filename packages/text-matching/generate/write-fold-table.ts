/**
 * Writes `tables/fold-table.json`, the output of every character. Sources: the Unicode data of this Node (NFKD, case, general
 * categories), Unicode's confusables (UTS #39) by the npm package unhomoglyph 1.0.6 (MIT), `han-variants.ts` and `look-alikes.ts`.
 *
 * Run: `npx tsx packages/text-matching/generate/write-fold-table.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { COMPAT, KIND_LETTER, UNSPACED } from '../fold/symbol-flags.ts';
import { describeCharacter } from './describe-character.ts';
import { hanVariants } from './han-variants.ts';
import { BRANCHING_LOOK_ALIKES } from './look-alikes.ts';

const HAN = { kind: KIND_LETTER, flags: UNSPACED | COMPAT };
const LAST_CODE_POINT = 0x3_ffff;
const INVISIBLE_PLANE = [0xe_0000, 0xe_0fff] as const;

const require = createRequire(import.meta.url);
const confusables = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(require.resolve('unhomoglyph/data.json'), 'utf8')));

const variants = await hanVariants();

/** Han characters that fold to another one, each followed by it. */
let han = '';
/** Runs of characters that fold to themselves: `first,length,kind,flags` in base 36. */
const runs: string[] = [];
/** All others, grouped: `kind,flags` in base 36, the output, then all characters with that output. */
const groups = new Map<string, string[]>();

let run: { first: number; length: number; kind: number; flags: number } | undefined;
function endRun(): void {
  if (run !== undefined) {
    runs.push([run.first, run.length, run.kind, run.flags].map((value) => value.toString(36)).join(','));
  }
  run = undefined;
}

for (let point = 0; point <= LAST_CODE_POINT; point++) {
  if (point >= 0xd800 && point <= 0xdfff) continue;
  const character = String.fromCodePoint(point);
  let { kind, flags, output } = describeCharacter(character, confusables, variants);
  if (/^\p{Script=Han}$/u.test(output) && output !== character && flags === HAN.flags) {
    han += character + output;
    // The runs go on over it.
    ({ kind, flags, output } = { kind: HAN.kind, flags: UNSPACED, output: character });
  }
  if (output === character || output === '') {
    if (kind === 0 && flags === 0) {
      endRun();
      continue;
    }
    if (run?.kind === kind && run.flags === flags && run.first + run.length === point) run.length++;
    else {
      endRun();
      run = { first: point, length: 1, kind, flags };
    }
    continue;
  }
  endRun();
  const key = `${kind.toString(36)},${flags.toString(36)},${output}`;
  groups.set(key, [...(groups.get(key) ?? []), character]);
}
endRun();

/** Branches: confusables of other scripts with one Latin letter, then the hand-made ones. */
function branches(): string[] {
  const byLetter = new Map<string, Set<string>>();
  for (const [character, target] of Object.entries(confusables)) {
    const { flags, kind } = describeCharacter(character, confusables, variants);
    const letter = target.normalize('NFKD').toLowerCase();
    const isForeign = (flags & FOREIGN_BIT) !== 0 && kind === 1;
    if (isForeign && /^[a-z]$/.test(letter)) add(byLetter, letter, character);
  }
  for (const [letter, characters] of Object.entries(BRANCHING_LOOK_ALIKES)) {
    for (const character of characters) add(byLetter, letter, character);
  }
  return [...byLetter].sort(byFirst).map(([letter, set]) => `${letter}${[...set].sort().join('')}`);
}

const FOREIGN_BIT = 1 << 13;

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

const table = {
  source: `Unicode ${process.versions.unicode} by Node ${process.versions.node}; npm unhomoglyph 1.0.6; npm opencc-js 1.4.2; generate/look-alikes.ts`,
  licence: 'Unicode-3.0 (data), MIT (unhomoglyph), Apache-2.0 (OpenCC)',
  invisiblePlane: INVISIBLE_PLANE,
  runs: runs.join(' '),
  groups: [...groups].map(([key, characters]) => `${key},${characters.join('')}`),
  han: { ...HAN, pairs: han },
  branches: branches(),
};
const file = path.resolve(import.meta.dirname, '../tables/fold-table.json');
writeFileSync(file, `${JSON.stringify(table, null, 1)}\n`);
