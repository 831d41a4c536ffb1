import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Up to `count` of a folder's pictures, spread evenly over their names. */
export function picturesOf(folder: string, count: number): Uint8Array[] {
  const names = readdirSync(folder)
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .toSorted();
  if (names.length === 0) throw new Error(`${folder} holds no pictures`);
  const step = Math.max(1, names.length / count);
  return Array.from({ length: Math.min(count, names.length) }, (_, i) =>
    readFileSync(path.join(folder, names[Math.floor(i * step)]!)),
  );
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
