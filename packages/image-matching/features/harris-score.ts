import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewDoubles } from '../kernels/kernels.ts';

/**
 * Harris and Stephens' cornerness (1988) of pixels at least five from the edge: high on corners, negative along edges.
 *
 * @param corners x and y of each
 */
export function harrisScores({ width, data }: Luma, corners: Uint16Array): Float64Array {
  const count = corners.length / 2;
  const room = new Room();
  const [image, places, scores] = [room.put(data), room.put(corners), room.take(8 * count)];
  kernels.harrisScores(image, width, places, count, scores);
  return viewDoubles(scores, count).slice();
}
