import { expect, it } from 'vitest';
import { fingerprintAsset } from '../fingerprint/fingerprint-image.ts';
import { AssetLibrary } from '../matcher/asset-library.ts';
import { ImageError } from '../errors/image-error.ts';
import { finish } from '../steps.ts';
import { bridge, edited, streetScenes } from './helpers/pictures.ts';

it('holds an asset until the last version has let go of it, then uses its room again', async () => {
  const [one, two] = await Promise.all(
    streetScenes()
      .slice(0, 2)
      .map((scene) => fingerprintAsset(scene)),
  );
  const library = new AssetLibrary();
  const hold = (data: Uint8Array) => finish(library.hold([{ data }]))[0]!;
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

it('knows which assets look alike while both are held, in whichever order they came', async () => {
  const retouched = await edited(bridge(), (picture) => picture.modulate({ brightness: 1.05 }));
  const [first, second, third] = await Promise.all(
    [bridge(), retouched, streetScenes()[0]!].map(async (picture) => (await fingerprintAsset(picture)).data),
  );
  const library = new AssetLibrary();
  const [a, b, c] = finish(library.hold([first!, second!, third!].map((data) => ({ data }))));
  expect([a!, b!, c!].map((number) => [...library.lookAlikes(number)])).toEqual([[b], [a], []]);
  library.release(a!);
  expect(library.lookAlikes(b!).size).toBe(0);
  const [again] = finish(library.hold([{ data: first! }]));
  expect([...library.lookAlikes(b!)]).toEqual([again]);
});

it('holds none of several assets when one of them cannot be read', async () => {
  const { data } = await fingerprintAsset(streetScenes()[0]!);
  const library = new AssetLibrary();
  expect(() => finish(library.hold([{ data }, { data: data.subarray(0, 100) }]))).toThrow(ImageError);
  expect(library.size).toBe(0);
});
