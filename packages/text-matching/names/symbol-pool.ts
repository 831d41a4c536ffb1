/** Symbols of names one after the other, as UTF-16 units: nearly all of them fit into one unit. */

const LAST_UNIT = 0xffff;

/** Collects symbols. A symbol is a code point. */
export class SymbolPoolBuilder {
  #units = new Uint16Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(symbols: ArrayLike<number>): void {
    if (this.#length + 2 * symbols.length > this.#units.length) {
      const larger = new Uint16Array(2 * (this.#units.length + symbols.length));
      larger.set(this.#units);
      this.#units = larger;
    }
    for (let at = 0; at < symbols.length; at++) {
      const symbol = symbols[at]!;
      if (symbol <= LAST_UNIT) {
        this.#units[this.#length++] = symbol;
        continue;
      }
      this.#units[this.#length++] = 0xd7c0 + (symbol >>> 10);
      this.#units[this.#length++] = 0xdc00 | (symbol & 0x3ff);
    }
  }

  build(): Uint16Array {
    return this.#units.slice(0, this.#length);
  }
}

/** Writes the symbols that begin at a unit, as many as fit. Returns the unit behind them. */
export function readSymbols(units: Uint16Array, from: number, into: Int32Array): number {
  let unit = from;
  for (let at = 0; at < into.length; at++) {
    const first = units[unit++]!;
    // A letter or digit is never half of a pair.
    into[at] = (first & 0xfc00) === 0xd800 ? ((first - 0xd7c0) << 10) | (units[unit++]! & 0x3ff) : first;
  }
  return unit;
}
