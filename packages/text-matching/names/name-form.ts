import { foldText } from '../fold/fold-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type EvidenceSet } from '../evidence/evidence.ts';

/** A word of the name starts here. */
export const WORD_BREAK = 1;
/** A part of a word starts here, as in `camelCase` or `name9`. */
export const PART_BREAK = 2;
/** A {@link WORD_BREAK} between repeats of the symbol: `glas·s serum`. */
export const WORD_BREAK_WITHIN = 4;

/** A spelling of a name, ready for comparison with a text. All arrays run over its symbols with repeats collapsed. */
export interface NameForm {
  /** The index of its term. */
  readonly item: number;
  readonly key: Int32Array;
  /** The length of each symbol's run. */
  readonly runs: Int32Array;
  /** The original code point of each symbol, and its flags. They show a change of case or form. */
  readonly points: Int32Array;
  readonly flags: Int32Array;
  /** {@link WORD_BREAK} and {@link PART_BREAK} before each symbol, and {@link WORD_BREAK_WITHIN} its repeats. */
  readonly breaks: Uint8Array;
  /** The separator before each symbol that starts a word. */
  readonly separators: readonly string[];
  /** The differences between this spelling and the registered name. */
  readonly evidence: EvidenceSet;
}

/** Prepares a spelling; undefined if it holds no letter or digit. */
export function nameForm(item: number, spelling: string, evidence: EvidenceSet = 0): NameForm | undefined {
  const scratch = foldText(spelling);
  const key: number[] = [];
  const runs: number[] = [];
  const points: number[] = [];
  const flags: number[] = [];
  const breaks: number[] = [];
  const separators: string[] = [];
  let separatorFrom = 0;
  for (let index = 0; index < scratch.length; index++) {
    const own = scratch.flags[index]!;
    if ((own & s.SOFT) !== 0) continue;
    const at = ((own & s.START) !== 0 ? WORD_BREAK : 0) | ((own & s.HUMP) !== 0 ? PART_BREAK : 0);
    const separator = spelling.slice(separatorFrom, scratch.from[index]);
    separatorFrom = scratch.to[index]!;
    const symbol = scratch.symbols[index]!;
    const last = key.length - 1;
    if (last >= 0 && key[last] === symbol) {
      runs[last]!++;
      if ((at & WORD_BREAK) !== 0) breaks[last]! |= WORD_BREAK_WITHIN;
      continue;
    }
    key.push(symbol);
    runs.push(1);
    points.push(spelling.codePointAt(scratch.from[index]!)!);
    flags.push(own);
    breaks.push(at);
    separators.push(separator);
  }
  if (key.length === 0) return undefined;
  return {
    item,
    key: Int32Array.from(key),
    runs: Int32Array.from(runs),
    points: Int32Array.from(points),
    flags: Int32Array.from(flags),
    breaks: Uint8Array.from(breaks),
    separators,
    evidence,
  };
}
