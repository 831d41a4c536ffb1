/** Reads the part of MessagePack that word lists use: arrays, maps with string keys, strings, small integers. */
export type Packed = number | string | readonly Packed[] | { readonly [key: string]: Packed };

export function readMessagePack(bytes: Uint8Array): Packed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  let at = 0;

  function text(length: number): string {
    at += length;
    return decoder.decode(bytes.subarray(at - length, at));
  }
  function unsigned(size: 1 | 2 | 4): number {
    at += size;
    if (size === 1) return view.getUint8(at - 1);
    return size === 2 ? view.getUint16(at - 2) : view.getUint32(at - 4);
  }
  function array(length: number): Packed[] {
    return Array.from({ length }, value);
  }
  function map(length: number): Packed {
    return Object.fromEntries(Array.from({ length }, () => [key(), value()]));
  }
  function key(): string {
    const name = value();
    if (typeof name !== 'string') throw new Error(`MessagePack: a map's key before byte ${at} is no string`);
    return name;
  }
  function value(): Packed {
    const type = unsigned(1);
    if (type < 0x80) return type;
    if (type < 0x90) return map(type & 0x0f);
    if (type < 0xa0) return array(type & 0x0f);
    if (type < 0xc0) return text(type & 0x1f);
    switch (type) {
      case 0xcc:
        return unsigned(1);
      case 0xcd:
        return unsigned(2);
      case 0xce:
        return unsigned(4);
      case 0xd9:
        return text(unsigned(1));
      case 0xda:
        return text(unsigned(2));
      case 0xdc:
        return array(unsigned(2));
      case 0xdd:
        return array(unsigned(4));
      default:
        throw new Error(`MessagePack type 0x${type.toString(16)} at byte ${at - 1} is not read here`);
    }
  }
  return value();
}
