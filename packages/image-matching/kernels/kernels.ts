/**
 * The loops over pixels, in WebAssembly with vector instructions (docs/decisions/0207). A kernel knows only numbers and places in
 * its memory: assembly/ says what each takes. The functions of features/, pdq/ and geometry/ around them give and take typed arrays.
 */
import { z } from 'zod';
import { COMPILED } from './compiled.ts';

const KERNELS = [
  ...['boxBlur5', 'boxOverColumns', 'byteLuma', 'describeCorners', 'detailsOf', 'exactLuma', 'fastCorners'],
  ...[
    'findCells',
    'halve',
    'harrisScores',
    'lay',
    'lowFrequencies',
    'momentsOf',
    'patternsOf',
    'resizeBilinear',
    'shrink',
    'stepsOf',
    'transpose',
    'withoutShades',
  ],
] as const;

type Call = (...numbers: number[]) => number;
type Kernels = Record<(typeof KERNELS)[number], Call>;
interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const ExportsSchema = z.object({
  memory: z.custom<KernelMemory>((value) => typeof value === 'object' && value !== null && 'buffer' in value),
  firstFree: z.custom<Call>((value) => typeof value === 'function'),
});
const KernelsSchema = z.custom<Kernels>(
  (value) =>
    typeof value === 'object' && value !== null && KERNELS.every((name) => Object.hasOwn(value, name)),
);

// One instance a thread: a thread works on one picture at a time.
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(COMPILED, 'base64')));
const { memory, firstFree } = ExportsSchema.parse(exports);
export const kernels = KernelsSchema.parse(exports);

const PAGE_BYTES = 65_536;
const FIRST_FREE = firstFree();
/** Kernels read and write whole vectors, so some bytes behind a place may be touched. */
const SLACK_BYTES = 64;

/**
 * Places in the kernels' memory for one call or a few. A new room takes the memory of the one before it. Taking a place may move
 * the memory: make views of places when all are taken.
 */
export class Room {
  #next = FIRST_FREE;

  take(bytes: number): number {
    const place = Math.ceil(this.#next / 16) * 16;
    this.#next = place + bytes + SLACK_BYTES;
    const missing = this.#next - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return place;
  }

  put(array: Uint8Array | Int8Array | Uint16Array | Int32Array | Float32Array | Float64Array): number {
    const place = this.take(array.byteLength);
    viewBytes(place, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return place;
  }
}

export function viewBytes(place: number, length: number): Uint8Array {
  return new Uint8Array(memory.buffer, place, length);
}

export function viewShorts(place: number, length: number): Uint16Array {
  return new Uint16Array(memory.buffer, place, length);
}

export function viewInts(place: number, length: number): Int32Array {
  return new Int32Array(memory.buffer, place, length);
}

export function viewFloats(place: number, length: number): Float32Array {
  return new Float32Array(memory.buffer, place, length);
}

export function viewDoubles(place: number, length: number): Float64Array {
  return new Float64Array(memory.buffer, place, length);
}
