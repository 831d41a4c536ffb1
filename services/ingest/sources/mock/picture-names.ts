/** Posts without a leak share so many pictures: drawing one costs more than a post should. */
export const INNOCENT_PICTURES = 64;
/** In so many ways an asset is leaked. */
export const LEAKED_VARIANTS = 3;

export function innocentFile(number: number): string {
  return `innocent-${number}.jpg`;
}

export function leakedFile(assetId: string, variant: number): string {
  return `leaked-${assetId}-${variant}.jpg`;
}
