/** Reads numbers and strings as Kafka's protocol writes them, from left to right. */
export class ByteReader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  int64(): bigint {
    this.at += 8;
    return this.bytes.readBigInt64BE(this.at - 8);
  }

  /** A string after its length in 16 bits. */
  string(): string {
    const length = this.int16();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  /** Bytes after their length in 32 bits. Null reads as empty. */
  buffer(): Buffer {
    const length = Math.max(0, this.int32());
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Items after their count in 32 bits. A count of −1 means null, and reads as none. */
  array<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.int32(); left > 0; left -= 1) items.push(item());
    return items;
  }

  take(length: number): Buffer {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** A varint of at most 32 bits, without a sign. */
  uvarint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.take(1).readUInt8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  /** A string after its length plus one, as a varint. Null, which is 0, reads as empty. */
  compactString(): string {
    return this.take(Math.max(0, this.uvarint() - 1)).toString('utf8');
  }

  /** Items after their count plus one, as a varint. Null, which is 0, reads as none. */
  compactArray<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.uvarint() - 1; left > 0; left -= 1) items.push(item());
    return items;
  }

  /** Fields that a later version of the protocol added: their count, then of each its tag, its length and its bytes. */
  skipTags(): void {
    for (let left = this.uvarint(); left > 0; left -= 1) {
      this.uvarint();
      this.take(this.uvarint());
    }
  }

  /** A zigzag varint of at most 64 bits, exact from −2⁵² to 2⁵² − 1: twice that is the most that a number holds exactly. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined)
        throw new RangeError('the record batch ends in the middle of a number, past its end');
      this.at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
