/** The box of PDQ's filter, in single precision and in the reference's order of additions. */

/**
 * Running means over each column. Four columns grow side by side; each is summed in the reference's order.
 *
 * @param sums scratch for `width` numbers
 * @param width a multiple of four
 */
export function boxOverColumns(from: usize, to: usize, width: i32, height: i32, sums: usize): void {
  const box = (height + 127) / 128;
  const half = (box + 2) / 2;
  memory.fill(sums, 0, <usize>width * 4);
  let enter = 0;
  let leave = 0;
  let out = 0;
  let count = 0;
  for (; count < half - 1; count++, enter++) enterRow(row(from, width, enter), width, sums);
  for (; count < box; enter++, out++) {
    enterRow(row(from, width, enter), width, sums);
    divideRow(row(to, width, out), width, sums, <f32>++count);
  }
  for (; enter < height; enter++, leave++, out++) {
    moveRow(row(from, width, enter), row(from, width, leave), row(to, width, out), width, sums, <f32>box);
  }
  for (; out < height; leave++, out++) {
    leaveRow(row(from, width, leave), width, sums);
    divideRow(row(to, width, out), width, sums, <f32>--count);
  }
}

function row(picture: usize, width: i32, y: i32): usize {
  return picture + <usize>(y * width) * 4;
}

function enterRow(line: usize, width: i32, sums: usize): void {
  for (let x: usize = 0, end = <usize>width * 4; x < end; x += 16) {
    v128.store(sums + x, f32x4.add(v128.load(sums + x), v128.load(line + x)));
  }
}

function leaveRow(line: usize, width: i32, sums: usize): void {
  for (let x: usize = 0, end = <usize>width * 4; x < end; x += 16) {
    v128.store(sums + x, f32x4.sub(v128.load(sums + x), v128.load(line + x)));
  }
}

function divideRow(line: usize, width: i32, sums: usize, divisor: f32): void {
  const by = f32x4.splat(divisor);
  for (let x: usize = 0, end = <usize>width * 4; x < end; x += 16) {
    v128.store(line + x, f32x4.div(v128.load(sums + x), by));
  }
}

function moveRow(entering: usize, leaving: usize, line: usize, width: i32, sums: usize, divisor: f32): void {
  const by = f32x4.splat(divisor);
  for (let x: usize = 0, end = <usize>width * 4; x < end; x += 16) {
    const sum = f32x4.sub(f32x4.add(v128.load(sums + x), v128.load(entering + x)), v128.load(leaving + x));
    v128.store(sums + x, sum);
    v128.store(line + x, f32x4.div(sum, by));
  }
}

/** Turns rows into columns. Width and height are multiples of four. */
export function transpose(from: usize, to: usize, width: i32, height: i32): void {
  const down = <usize>width * 4;
  const across = <usize>height * 4;
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 4) {
      const at = from + <usize>(y * width + x) * 4;
      const a = v128.load(at);
      const b = v128.load(at + down);
      const c = v128.load(at + down * 2);
      const d = v128.load(at + down * 3);
      const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const out = to + <usize>(x * height + y) * 4;
      v128.store(out, v128.shuffle<i64>(abLow, cdLow, 0, 2));
      v128.store(out + across, v128.shuffle<i64>(abLow, cdLow, 1, 3));
      v128.store(out + across * 2, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
      v128.store(out + across * 3, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
    }
  }
}
