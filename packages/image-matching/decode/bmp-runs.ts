/**
 * Unpacks the runs of a bitmap with 8 or 4 bits a pixel to a byte a pixel. Each step takes two bytes of the file at least, and draws within the
 * picture only. Pixels that a step jumps over keep the palette's first colour.
 */
export function unpackRuns(
  runs: Uint8Array,
  width: number,
  height: number,
  isHalfBytes: boolean,
): { data: Uint8Array; stride: number; filled: number } {
  const data = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const put = (index: number) => {
    if (x < width) data[y * width + x] = index;
    x++;
  };
  while (y < height && at + 2 <= runs.length) {
    const count = runs[at]!;
    const value = runs[at + 1]!;
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isHalfBytes ? halfOf(value, i) : value);
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      return { data, stride: width, filled: height };
    } else if (value === 2) {
      x += runs[at] ?? 0;
      y += runs[at + 1] ?? 0;
      at += 2;
    } else {
      const bytes = isHalfBytes ? Math.ceil(value / 2) : value;
      for (let i = 0; i < value; i++) {
        const byte = runs[at + (isHalfBytes ? i >>> 1 : i)];
        if (byte === undefined) return { data, stride: width, filled: y };
        put(isHalfBytes ? halfOf(byte, i) : byte);
      }
      // Pixels written as they are take an even number of bytes.
      at += bytes + (bytes % 2);
    }
  }
  // The last row needs no mark of its end.
  return { data, stride: width, filled: x >= width ? y + 1 : y };
}

function halfOf(byte: number, i: number): number {
  return i % 2 === 0 ? byte >>> 4 : byte & 15;
}
