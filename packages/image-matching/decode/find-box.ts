interface FoundBox {
  readonly type: string;
  /** Beginning of its content in the file. */
  readonly contentAt: number;
}

/** Finds the first box of one of these types (ISO/IEC 14496-12); null where none stands before the end, or before a broken one. */
export function findBox(bytes: Uint8Array, types: readonly string[]): FoundBox | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= bytes.length;) {
    const size = view.getUint32(at);
    const head = size === 1 ? 16 : 8;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (types.includes(type)) return { type, contentAt: at + head };
    const whole = size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (whole < head) return null;
    at += whole;
  }
  return null;
}
