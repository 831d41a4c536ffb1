import { z } from 'zod';

/** Enough to know a picture by. */
const HEAD = 4096;
const ObjectSchema = z.looseObject({});

/**
 * Names the kind of a file that was given for a watch list by mistake: the checks of a watch list would report each of its
 * lines. Null where it may be meant as one.
 *
 * @param text - the file, decoded as UTF-8; other bytes have become U+FFFD
 */
export function otherKindOf(text: string): string | null {
  if (text.slice(0, HEAD).includes('\0')) return 'is a picture or another file that is no text';
  const lines = text.split('\n', 3).filter((line) => line.trim() !== '');
  const isOfLines = lines.length > 1 && lines.every((line) => isObject(line));
  return isOfLines ? 'holds a JSON object on each line, as posts are given' : null;
}

function isObject(line: string): boolean {
  try {
    return ObjectSchema.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}
