/** All spellings of a list's names as numbers in a few arrays, for the same reason as `name-store.ts`. */
import { NumberList } from '../hashing/number-list.ts';
import { NumberRows } from '../hashing/number-rows.ts';
import { KeyList } from './key-list.ts';
import { type NameForm } from './name-form.ts';
import { readSymbols, SymbolPoolBuilder } from './symbol-pool.ts';

/** In the row of each spelling: its term, its evidence, its shape, and the unit where its key begins. Its points follow the key. */
const ITEM = 0;
const EVIDENCE = 1;
const SHAPE = 2;
const KEY = 3;
const ROW = 4;

/** In the row of a shape: its separators, and then for each symbol its run, its flags and its breaks. */
const SEPARATORS = 0;
const SYMBOLS = 1;
const PER_SYMBOL = 3;

/** The number of recent spellings that are kept, by their index. */
const RECENT = 1 << 8;

interface Parts {
  readonly rows: Int32Array;
  readonly units: Uint16Array;
  readonly shapes: Int32Array;
  readonly shapeStarts: Int32Array;
  readonly separators: readonly (readonly string[])[];
}

interface Recent {
  readonly index: number;
  readonly form: NameForm;
}

export class FormStore {
  readonly #parts: Parts;
  readonly #recent: (Recent | undefined)[] = new Array<Recent | undefined>(RECENT).fill(undefined);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All keys, for the trie. */
  keys(): KeyList {
    return new KeyList(
      this.#parts.rows.length / ROW,
      (index) => this.lengthOf(index),
      (index, into) => readSymbols(this.#parts.units, this.#parts.rows[ROW * index + KEY]!, into),
    );
  }

  /** The number of a spelling's symbols. */
  lengthOf(index: number): number {
    const { rows, shapeStarts } = this.#parts;
    const shape = rows[ROW * index + SHAPE]!;
    return (shapeStarts[shape + 1]! - shapeStarts[shape]! - SYMBOLS) / PER_SYMBOL;
  }

  at(index: number): NameForm {
    const slot = index & (RECENT - 1);
    const recent = this.#recent[slot];
    if (recent?.index === index) return recent.form;
    const form = this.#read(index);
    this.#recent[slot] = { index, form };
    return form;
  }

  #read(index: number): NameForm {
    const { rows, units, shapes, shapeStarts, separators } = this.#parts;
    const row = ROW * index;
    const shape = shapeStarts[rows[row + SHAPE]!]!;
    const length = this.lengthOf(index);
    const key = new Int32Array(length);
    const points = new Int32Array(length);
    readSymbols(units, readSymbols(units, rows[row + KEY]!, key), points);
    const runs = new Int32Array(length);
    const flags = new Int32Array(length);
    const breaks = new Uint8Array(length);
    for (let at = 0, from = shape + SYMBOLS; at < length; at++, from += PER_SYMBOL) {
      runs[at] = shapes[from]!;
      flags[at] = shapes[from + 1]!;
      breaks[at] = shapes[from + 2]!;
    }
    return {
      item: rows[row + ITEM]!,
      key,
      runs,
      points,
      flags,
      breaks,
      separators: separators[shapes[shape + SEPARATORS]!]!,
      evidence: rows[row + EVIDENCE]!,
    };
  }
}

export class FormStoreBuilder {
  readonly #rows = new NumberList();
  readonly #units = new SymbolPoolBuilder();
  readonly #shapes = new NumberRows();
  readonly #separators: (readonly string[])[] = [];
  readonly #separatorIds = new Map<string, number>();

  add({ item, key, runs, points, flags, breaks, separators, evidence }: NameForm): void {
    const shape = [this.#idOfSeparators(separators)];
    for (let at = 0; at < key.length; at++) shape.push(runs[at]!, flags[at]!, breaks[at]!);
    this.#rows.push(item);
    this.#rows.push(evidence);
    this.#rows.push(this.#shapes.add(shape));
    this.#rows.push(this.#units.length);
    this.#units.add(key);
    this.#units.add(points);
  }

  build(): FormStore {
    return new FormStore({
      rows: this.#rows.whole(),
      units: this.#units.build(),
      shapes: this.#shapes.numbers(),
      shapeStarts: this.#shapes.starts(),
      separators: this.#separators,
    });
  }

  #idOfSeparators(separators: readonly string[]): number {
    const key = separators.join('\u0000');
    const known = this.#separatorIds.get(key);
    if (known !== undefined) return known;
    const id = this.#separators.push(separators) - 1;
    this.#separatorIds.set(key, id);
    return id;
  }
}
