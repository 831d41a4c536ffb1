import { expect, it } from 'vitest';
import { fingerprintAsset } from '../fingerprint/fingerprint-image.ts';
import { AssetLibrary } from '../matcher/asset-library.ts';
import { streetScenes } from './helpers/pictures.ts';

it('holds an asset until the last version has let go of it, then uses its room again', async () => {
  const [one, two] = await Promise.all(
    streetScenes()
      .slice(0, 2)
      .map((scene) => fingerprintAsset(scene)),
  );
  const library = new AssetLibrary();
  const hold = (data: Uint8Array) => library.hold([data])[0]!;
  const number = hold(one!.data);
  const filed = {
    pictures: library.pictures.size,
    crops: library.crops.size,
    features: library.features.size,
  };
  expect(hold(one!.data)).toBe(number);
  library.release(number);
  expect(library.features.size).toBe(filed.features);
  library.release(number);
  expect([library.size, library.pictures.size, library.crops.size, library.features.size]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(() => library.release(number)).toThrow(RangeError);

  const before = library.bytes;
  for (let round = 0; round < 50; round++) {
    const first = hold(one!.data);
    const second = hold(two!.data);
    library.release(first);
    library.release(second);
  }
  expect(hold(two!.data)).toBeLessThan(2);
  expect(library.bytes).toBeLessThanOrEqual(before * 3);
});
