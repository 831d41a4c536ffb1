const BLOCK = 512;
/** Header fields: name, offset, length. POSIX.1-1988, "ustar Interchange Format". */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modified: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 6],
  version: [263, 2],
} as const;

/**
 * A file of a tar archive: header, bytes and padding.
 *
 * @param name - ASCII, 100 characters at most, with slashes
 * @throws RangeError where the name is longer
 */
export function tarEntry(name: string, bytes: Uint8Array, modifiedAt: Date): Uint8Array[] {
  const header = Buffer.alloc(BLOCK);
  const put = (field: keyof typeof FIELDS, text: string) => {
    const [at, length] = FIELDS[field];
    if (text.length > length) throw new RangeError(`${text} is too long for a tar header`);
    header.write(text, at, 'latin1');
  };
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put('name', name);
  put('mode', octal(0o600, 7));
  put('owner', octal(0, 7));
  put('group', octal(0, 7));
  put('size', octal(bytes.byteLength, 11));
  put('modified', octal(Math.floor(modifiedAt.getTime() / 1000), 11));
  put('type', '0');
  put('magic', 'ustar\0');
  put('version', '00');
  // The checksum is computed with its own field full of spaces.
  put('checksum', ' '.repeat(8));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put('checksum', `${octal(sum, 6)} `);
  return [header, bytes, Buffer.alloc((BLOCK - (bytes.byteLength % BLOCK)) % BLOCK)];
}

/** The end of an archive. */
export function tarEnd(): Uint8Array {
  return Buffer.alloc(2 * BLOCK);
}
