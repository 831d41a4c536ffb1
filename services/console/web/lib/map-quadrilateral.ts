/** Four corners as [x, y], clockwise from the picture's upper left. */
export type Corners = readonly (readonly [number, number])[];

/**
 * The CSS matrix that puts a box of the given size onto four corners, in pixels; null if the corners make no quadrilateral.
 * It is the projective map of the unit square onto them.
 */
export function mapQuadrilateral(corners: Corners, box: { width: number; height: number }): string | null {
  const [p0, p1, p2, p3] = corners;
  if (p0 === undefined || p1 === undefined || p2 === undefined || p3 === undefined) return null;
  const [dx1, dy1] = [p1[0] - p2[0], p1[1] - p2[1]];
  const [dx2, dy2] = [p3[0] - p2[0], p3[1] - p2[1]];
  const [sx, sy] = [p0[0] - p1[0] + p2[0] - p3[0], p0[1] - p1[1] + p2[1] - p3[1]];
  const area = dx1 * dy2 - dx2 * dy1;
  if (area === 0 || box.width === 0 || box.height === 0) return null;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  const a = p1[0] - p0[0] + g * p1[0];
  const b = p3[0] - p0[0] + h * p3[0];
  const d = p1[1] - p0[1] + g * p1[1];
  const e = p3[1] - p0[1] + h * p3[1];
  const [w, t] = [box.width, box.height];
  // Columns of a 4 × 4 matrix: x and y of the box are shares of its size.
  const cells = [a / w, d / w, 0, g / w, b / t, e / t, 0, h / t, 0, 0, 1, 0, p0[0], p0[1], 0, 1];
  return `matrix3d(${cells.map((cell) => Number(cell.toPrecision(9))).join(',')})`;
}
