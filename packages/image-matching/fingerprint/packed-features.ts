import { DESCRIPTOR_WORDS } from '../features/brief-descriptor.ts';
import { type FeaturePlaces, type Features } from '../features/extract-features.ts';
import { type ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** Positions are kept to an eighth of a pixel. */
const POSITION_STEPS = 8;
const FULL_TURN = 2 * Math.PI;
const PLACE_BYTES = 6;

/** 38 bytes a feature: its place, then the descriptors (256 bits) of all. */
export function writeFeatures(out: ByteWriter, features: Features): void {
  out.u16(features.count);
  out.bytes(packPlaces(features));
  for (const word of features.descriptors) out.u32(word);
}

export function readFeatures(input: ByteReader): Features {
  const count = input.u16();
  const places = unpackPlaces(input.bytes(count * PLACE_BYTES));
  return { ...places, descriptors: input.words(count * DESCRIPTOR_WORDS) };
}

/** Six bytes a feature: x and y (16 bits each), angle and level (8 each). */
export function packPlaces({ count, x, y, angle, level }: FeaturePlaces): Uint8Array {
  const out = new ByteWriter();
  for (let i = 0; i < count; i++) {
    out.u16(Math.max(0, Math.round(x[i]! * POSITION_STEPS)));
    out.u16(Math.max(0, Math.round(y[i]! * POSITION_STEPS)));
    out.u8(Math.round((angle[i]! / FULL_TURN) * 256) & 255);
    out.u8(level[i]!);
  }
  return out.finish();
}

export function unpackPlaces(packed: Uint8Array): FeaturePlaces {
  const count = packed.length / PLACE_BYTES;
  const [x, y, angle] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const level = new Uint8Array(count);
  for (let i = 0, at = 0; i < count; i++, at += PLACE_BYTES) {
    x[i] = (packed[at]! + packed[at + 1]! * 256) / POSITION_STEPS;
    y[i] = (packed[at + 2]! + packed[at + 3]! * 256) / POSITION_STEPS;
    angle[i] = (packed[at + 4]! / 256) * FULL_TURN;
    level[i] = packed[at + 5]!;
  }
  return { count, x, y, angle, level };
}
