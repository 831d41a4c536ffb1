import { type Luma } from '../decode/luma.ts';

/** Share of pixels that must lie within a few shades. */
const NEARLY_ALL = 0.98;
const FEW_SHADES = 16;

/** Whether a picture is hardly more than one shade: a frame of a fade, or an empty page with its number. */
export function isOneShade({ data }: Luma): boolean {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value]!++;
  let within = 0;
  for (const [shade, count] of counts.entries()) {
    within += count - (shade < FEW_SHADES ? 0 : counts[shade - FEW_SHADES]!);
    if (within >= data.length * NEARLY_ALL) return true;
  }
  return false;
}
