import { mapX, mapY, type Affine } from '../geometry/affine.ts';
import { type Code } from './read-codes.ts';

/**
 * Whether a picture has another code where the asset has one: another ticket, invitation or product, however alike the rest is. A code
 * that can't be read says nothing.
 *
 * @param map from shares of the asset to shares of the picture
 */
export function hasOtherCode(asset: readonly Code[], picture: readonly Code[], map: Affine): boolean {
  return asset.some(({ kind, payload, place }) => {
    const [x, y] = [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
    const [u, v] = [mapX(map, x, y), mapY(map, x, y)];
    const there = picture.filter(
      (code) =>
        code.kind === kind &&
        u >= code.place.left &&
        u <= code.place.right &&
        v >= code.place.top &&
        v <= code.place.bottom,
    );
    return there.length > 0 && there.every((code) => code.payload !== payload);
  });
}
