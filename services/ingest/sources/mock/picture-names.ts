/** Number of pictures that innocent posts share: drawing one costs more than a post should. */
export const INNOCENT_PICTURES = 64;
/** Leaked variants of each asset. */
export const LEAKED_VARIANTS = 3;

export function innocentFile(number: number): string {
  return `innocent-${number}.jpg`;
}

export function leakedFile(assetId: string, variant: number): string {
  return `leaked-${assetId}-${variant}.jpg`;
}
