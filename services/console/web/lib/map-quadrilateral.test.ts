import { expect, it } from 'vitest';
import { mapQuadrilateral, type Corners } from './map-quadrilateral.ts';

const BOX = { width: 200, height: 100 };
const BOX_CORNERS: Corners = [
  [0, 0],
  [200, 0],
  [200, 100],
  [0, 100],
];

/** Applies a CSS matrix to a point, as a browser does. */
function apply(matrix: string | null, [x, y]: readonly [number, number]): [number, number] {
  const cells = (matrix ?? '').slice('matrix3d('.length, -1).split(',').map(Number);
  const row = (index: number) =>
    (cells[index] ?? NaN) * x + (cells[4 + index] ?? NaN) * y + (cells[12 + index] ?? NaN);
  const weight = row(3);
  return [row(0) / weight, row(1) / weight];
}

it.each<[string, Corners]>([
  [
    'a smaller place',
    [
      [10, 20],
      [60, 20],
      [60, 45],
      [10, 45],
    ],
  ],
  [
    'a picture turned by 90 degrees',
    [
      [80, 10],
      [80, 90],
      [20, 90],
      [20, 10],
    ],
  ],
  [
    'a mirrored picture',
    [
      [90, 5],
      [10, 5],
      [10, 60],
      [90, 60],
    ],
  ],
  [
    'a screen photographed aslant',
    [
      [12, 9],
      [140, 31],
      [118, 96],
      [4, 77],
    ],
  ],
])('puts each corner of the box on its own: %s', (_name, corners) => {
  const matrix = mapQuadrilateral(corners, BOX);
  corners.forEach((corner, index) => {
    const [x, y] = apply(matrix, BOX_CORNERS[index] ?? [NaN, NaN]);
    expect(x).toBeCloseTo(corner[0], 3);
    expect(y).toBeCloseTo(corner[1], 3);
  });
});

it('gives nothing for corners on one line', () => {
  expect(
    mapQuadrilateral(
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      BOX,
    ),
  ).toBeNull();
});
