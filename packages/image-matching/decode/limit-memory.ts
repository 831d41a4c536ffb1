const PAGE_BYTES = 65_536;
const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;

/**
 * Gives a WebAssembly module whose memory grows to `bytes` at most, where its maker allowed gigabytes. The decoder then fails as if the machine
 * had no more, and what it takes stays within what was granted to the picture.
 *
 * @throws Error for a module that has no memory of its own with a limit
 */
export function limitMemory(wasm: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const pages = Math.floor(bytes / PAGE_BYTES);
  for (let at = HEADER_BYTES; at < wasm.length;) {
    const id = wasm[at]!;
    const size = readNumber(wasm, at + 1);
    if (id === MEMORY_SECTION) {
      const section = limited(wasm.subarray(size.end, size.end + size.value), pages);
      return Uint8Array.from(
        Buffer.concat([
          wasm.subarray(0, at),
          Buffer.from([MEMORY_SECTION, ...writeNumber(section.length), ...section]),
          wasm.subarray(size.end + size.value),
        ]),
      );
    }
    at = size.end + size.value;
  }
  throw new Error('the module has no memory of its own');
}

/** A section is: one memory, a flag for a limit, the pages at the start, the most pages. */
function limited(section: Uint8Array, pages: number): number[] {
  const [memories, flag] = section;
  if (memories !== 1 || flag !== 1) throw new Error('the memory of the module has no limit');
  const least = readNumber(section, 2);
  const most = readNumber(section, least.end);
  return [
    1,
    1,
    ...writeNumber(least.value),
    ...writeNumber(Math.max(least.value, Math.min(most.value, pages))),
  ];
}

/** Reads a number in seven bits a byte, the lowest first (LEB128). */
function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('the module is cut');
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, end: at + 1 };
  }
}

function writeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}
