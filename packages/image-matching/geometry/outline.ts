import { type Region } from '@leakwatch/contracts';
import { mapX, mapY, type Affine } from './affine.ts';

/** Corners of the asset in shares of the post; outside 0 to 1 when the post shows only a part. */
export function outlineOf(map: Affine): Region {
  const corner = (x: number, y: number): [number, number] => [
    rounded(mapX(map, x, y)),
    rounded(mapY(map, x, y)),
  ];
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
}

/** The map that an outline was made of. */
export function mapOfOutline(outline: Region): Affine {
  const [origin, right, , below] = outline;
  const [c, f] = origin!;
  return { a: right![0] - c, b: below![0] - c, c, d: right![1] - f, e: below![1] - f, f };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
