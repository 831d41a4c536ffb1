/**
 * A text as a person reads it: fancy, accented and look-alike letters as plain ones, invisible characters left out, escapes undone; all
 * else, case, spaces and signs among them, as it was posted. Regexes are tried on it, as they can't be on folded symbols.
 */
import { alternativesOf } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import * as e from '../evidence/evidence.ts';

export interface PlainReading {
  readonly text: string;
  /** Per UTF-16 unit of the reading: where the character that it was read from begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Per unit, what reading changed. */
  readonly evidence: readonly e.EvidenceSet[];
}

const DRESS = s.COMPAT | s.DIACRITIC | s.CONFUSABLE | s.PICTURE | s.ESCAPED;
const LAST_ASCII = 0x7f;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
const ESCAPE = /&[#\w]{1,10};|(?:%[0-9a-f]{2})+/gi;

/** Undefined where the text reads as it is written. */
export function plainReading(text: FoldedText): PlainReading | undefined {
  return isPlain(text) ? undefined : new ReadingBuilder(text).read();
}

function isPlain(text: FoldedText): boolean {
  for (let at = 0; at < text.length; at++) {
    const own = text.flags[at]!;
    if ((own & (DRESS | s.AFTER_INVISIBLE)) !== 0 || isForeign(own)) return false;
  }
  return true;
}

/** A letter of another script in a place where it is drawn for one of this. */
function isForeign(flags: number): boolean {
  return (flags & s.AMBIGUOUS) !== 0 && (flags & s.FOREIGN) !== 0;
}

class ReadingBuilder {
  readonly #text: FoldedText;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #evidence: e.EvidenceSet[] = [];
  #read = '';

  constructor(text: FoldedText) {
    this.#text = text;
  }

  read(): PlainReading {
    const { length, from, to } = this.#text;
    let end = 0;
    for (let at = 0; at < length; at++) {
      if (from[at]! > end) this.#addGap(end, from[at]!);
      this.#addSymbol(at);
      end = to[at]!;
    }
    this.#addGap(end, this.#text.text.length);
    return { text: this.#read, from: this.#from, to: this.#to, evidence: this.#evidence };
  }

  #addGap(from: number, to: number): void {
    const gap = this.#text.text.slice(from, to);
    const seen = gap.replace(INVISIBLE, '').replace(ESCAPE, ' ');
    if (seen !== gap)
      this.#add(seen, from, to, gap.includes('&') || gap.includes('%') ? e.ENTITY : e.ZERO_WIDTH);
    else for (let unit = 0; unit < gap.length; unit++) this.#add(gap[unit]!, from + unit, from + unit + 1, 0);
  }

  #addSymbol(at: number): void {
    const { flags, symbols, from, to, text } = this.#text;
    const own = flags[at]!;
    const hidden = (own & s.AFTER_INVISIBLE) === 0 ? 0 : e.ZERO_WIDTH;
    if (isForeign(own)) {
      const drawn = alternativesOf(text.codePointAt(from[at]!)!).find((point) => point <= LAST_ASCII);
      if (drawn !== undefined) {
        this.#add(letter(drawn, own), from[at]!, to[at]!, hidden | e.CONFUSABLE);
        return;
      }
    }
    if ((own & DRESS) !== 0 && (own & s.UNSPACED) === 0) {
      this.#add(letter(symbols[at]!, own), from[at]!, to[at]!, hidden | evidenceOf(own));
    } else if ((own & s.CONTINUED) === 0) {
      this.#add(text.slice(from[at], to[at]), from[at]!, to[at]!, hidden);
    }
  }

  #add(seen: string, from: number, to: number, evidence: e.EvidenceSet): void {
    this.#read += seen;
    for (let unit = 0; unit < seen.length; unit++) {
      this.#from.push(from);
      this.#to.push(to);
      this.#evidence.push(evidence);
    }
  }
}

function letter(point: number, flags: number): string {
  const lower = String.fromCodePoint(point);
  return (flags & s.UPPER) === 0 ? lower : lower.toUpperCase();
}

function evidenceOf(flags: number): e.EvidenceSet {
  return (
    ((flags & (s.COMPAT | s.PICTURE)) === 0 ? 0 : e.COMPAT) |
    ((flags & s.DIACRITIC) === 0 ? 0 : e.DIACRITIC) |
    ((flags & s.CONFUSABLE) === 0 ? 0 : e.CONFUSABLE) |
    ((flags & s.ESCAPED) === 0 ? 0 : e.ENTITY)
  );
}
