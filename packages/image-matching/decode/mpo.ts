/** Most pictures that are taken of one file behind its first, and most that are counted. */
const MAX_FURTHER = 23;
const MAX_COUNTED = 1000;
const ENTRY_BYTES = 16;
const ENTRIES_TAG = 0xb002;

interface FurtherPictures {
  /** The bytes of those that are taken, in order: the first ones. */
  readonly pictures: readonly Uint8Array[];
  readonly total: number;
}

/**
 * Gives the pictures behind the first one of a JPEG in CIPA's multi-picture format: the other eye of a stereo camera, a
 * preview, a gain map. None for an ordinary or inconsistent file.
 */
export function furtherPictures(bytes: Uint8Array): FurtherPictures {
  const pictures = allFurther(bytes);
  return { pictures: pictures.slice(0, MAX_FURTHER), total: pictures.length };
}

function allFurther(bytes: Uint8Array): Uint8Array[] {
  const start = findIndex(bytes);
  if (start === null || start + 8 > bytes.length) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  try {
    return entriesOf(view).flatMap(({ offset, size }) => {
      const from = start + offset;
      const isPicture = offset > 0 && bytes[from] === 0xff && bytes[from + 1] === 0xd8;
      return isPicture ? [bytes.subarray(from, from + size)] : [];
    });
  } catch (error) {
    // An offset beyond the end: the index is damaged, and the first picture stands for itself.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Finds the index, a TIFF structure behind `MPF\0` in an APP2 segment before the pixels. */
function findIndex(bytes: Uint8Array): number | null {
  let at = 2;
  while (at + 8 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (marker === 0xda || length < 2) return null;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (marker === 0xe2 && name === 'MPF\0') return at + 8;
    at += 2 + length;
  }
  return null;
}

function entriesOf(view: DataView): { offset: number; size: number }[] {
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  const fields = view.getUint16(directory, little);
  for (let i = 0; i < fields; i++) {
    const field = directory + 2 + i * 12;
    if (view.getUint16(field, little) !== ENTRIES_TAG) continue;
    const count = Math.floor(view.getUint32(field + 4, little) / ENTRY_BYTES);
    const first = view.getUint32(field + 8, little);
    return Array.from({ length: Math.min(count, MAX_COUNTED) }, (_, n) => ({
      size: view.getUint32(first + n * ENTRY_BYTES + 4, little),
      offset: view.getUint32(first + n * ENTRY_BYTES + 8, little),
    }));
  }
  return [];
}
