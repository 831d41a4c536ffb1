import { drawPicture, leakPicture } from './draw-picture.ts';
import { INNOCENT_PICTURES, innocentFile, LEAKED_VARIANTS, leakedFile } from './picture-names.ts';
import { seededRandom } from './seeded-random.ts';
import { MediaError } from '../source.ts';

/**
 * Pictures of a mock source by name: assets, their leaked variants, and innocent ones. Each is drawn on first use and kept;
 * their number is fixed.
 */
export function createMockPictures(
  seed: number,
  assets: readonly { id: string; file: string }[],
): (file: string) => Promise<Uint8Array> {
  const painters = new Map<string, () => Promise<Uint8Array>>();
  const drawn = new Map<string, Promise<Uint8Array>>();

  const open = (file: string): Promise<Uint8Array> => {
    const existing = drawn.get(file);
    if (existing !== undefined) return existing;
    const paint = painters.get(file);
    if (paint === undefined) {
      const message = `\`${file}\` is not a picture of the mock source with seed ${seed}`;
      return Promise.reject(new MediaError('missing-media', message));
    }
    const picture = paint();
    drawn.set(file, picture);
    return picture;
  };

  for (const { id, file } of assets) {
    painters.set(file, () => drawPicture(seededRandom(seed, 'picture', file)));
    for (let variant = 1; variant <= LEAKED_VARIANTS; variant += 1) {
      const leaked = leakedFile(id, variant);
      painters.set(leaked, async () => leakPicture(await open(file), seededRandom(seed, 'picture', leaked)));
    }
  }
  for (let number = 1; number <= INNOCENT_PICTURES; number += 1) {
    const file = innocentFile(number);
    painters.set(file, () => drawPicture(seededRandom(seed, 'picture', file)));
  }
  return open;
}
