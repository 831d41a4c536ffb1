import { DESCRIPTOR_WORDS } from '../features/brief-descriptor.ts';
import { allocateFeatures, type Features } from '../features/extract-features.ts';
import { type ByteReader } from './byte-reader.ts';
import { type ByteWriter } from './byte-writer.ts';

/** Positions are kept to an eighth of a pixel. */
const POSITION_STEPS = 8;
const FULL_TURN = 2 * Math.PI;

/** 38 bytes a feature: x and y (16 bits each), angle and level (8 each), descriptor (256). */
export function writeFeatures(out: ByteWriter, features: Features): void {
  out.u16(features.count);
  for (let i = 0; i < features.count; i++) {
    out.u16(Math.max(0, Math.round(features.x[i]! * POSITION_STEPS)));
    out.u16(Math.max(0, Math.round(features.y[i]! * POSITION_STEPS)));
    out.u8(Math.round((features.angle[i]! / FULL_TURN) * 256) & 255);
    out.u8(features.level[i]!);
  }
  for (const word of features.descriptors) out.u32(word);
}

export function readFeatures(input: ByteReader): Features {
  const features = allocateFeatures(input.u16());
  for (let i = 0; i < features.count; i++) {
    features.x[i] = input.u16() / POSITION_STEPS;
    features.y[i] = input.u16() / POSITION_STEPS;
    features.angle[i] = (input.u8() / 256) * FULL_TURN;
    features.level[i] = input.u8();
  }
  for (let i = 0; i < features.count * DESCRIPTOR_WORDS; i++) features.descriptors[i] = input.u32();
  return features;
}
