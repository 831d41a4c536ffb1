/**
 * Frames of an animated PNG. The decoder behind sharp shows the first one only, so each frame is written as a PNG of its own,
 * decoded, and laid on the canvas as the format says (https://www.w3.org/TR/png-3/#apng-frame-based-animation).
 */
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { type Still, type StillList } from './still.ts';
import { MAX_FRAMES_BYTES } from './unpack-animation.ts';

/** A larger canvas would take too much memory unpacked; its first frame is decoded as a still picture. */
const MAX_CANVAS_PIXELS = 16_000_000;
/** Most pixels of all frames that are drawn. */
const MAX_DRAWN_PIXELS = 200_000_000;
const SIGNATURE_BYTES = 8;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly durationMs: number;
  /** 0 keeps the canvas, 1 clears the frame's place, 2 restores what was there before. */
  readonly dispose: number;
  /** 0 replaces, 1 lays over. */
  readonly blend: number;
  readonly parts: Buffer[];
}

export function hasAnimationChunk(bytes: Uint8Array): boolean {
  for (const { type } of chunksOf(bytes)) {
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** Counts the frames of an animated PNG. */
export function countApngFrames(bytes: Uint8Array): number {
  return framesOf([...chunksOf(bytes)]).length;
}

/**
 * Unpacks at most `maxFrames` frames, fitted into `maxSidePx`, the last one among them; null when they can't be unpacked. All frames are drawn,
 * because each builds on those before; above a number of pixels only the last one still is.
 */
export async function unpackApng(
  bytes: Uint8Array,
  maxSidePx: number,
  maxFrames: number,
): Promise<StillList | null> {
  const chunks = [...chunksOf(bytes)];
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13) return null;
  const canvas = { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4) };
  if (canvas.width * canvas.height > MAX_CANVAS_PIXELS) return null;
  const all = framesOf(chunks);
  const frames = all.filter((frame) => fits(frame, canvas));
  const scale = Math.min(1, maxSidePx / Math.max(canvas.width, canvas.height));
  const frameBytes = canvas.width * canvas.height * scale * scale * 4;
  const count = Math.min(frames.length, maxFrames, Math.max(1, Math.floor(MAX_FRAMES_BYTES / frameBytes)));
  if (count === 0) return null;
  const before = chunks
    .slice(
      1,
      chunks.findIndex(({ type }) => type === 'IDAT'),
    )
    .filter(isForPixels);
  const pixels = new Uint8Array(canvas.width * canvas.height * 4);
  const stills: Still[] = [];
  let drawnPixels = 0;
  for (const [i, frame] of frames.entries()) {
    const isLast = i === frames.length - 1;
    drawnPixels += frame.width * frame.height;
    if (drawnPixels > MAX_DRAWN_PIXELS && !isLast) continue;
    const drawn = await decodeFrame(header.data, before, frame);
    if (drawn === null) break;
    const restored = frame.dispose === 2 ? pixels.slice() : null;
    draw(pixels, canvas.width, frame, drawn);
    if (stills.length < count - 1 || isLast) {
      stills.push({
        ...(await fitted(pixels, canvas, maxSidePx)),
        number: all.indexOf(frame) + 1,
        durationMs: frame.durationMs,
      });
    }
    if (restored !== null) pixels.set(restored);
    if (frame.dispose === 1) clear(pixels, canvas.width, frame);
  }
  return stills.length === 0 ? null : { stills, total: all.length };
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE_BYTES; at + 12 <= buffer.length;) {
    const length = buffer.readUInt32BE(at);
    if (at + 12 + length > buffer.length) return;
    yield { type: buffer.toString('latin1', at + 4, at + 8), data: buffer.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** Palette, transparency and colour space apply to every frame. */
function isForPixels({ type }: Chunk): boolean {
  return ['PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT'].includes(type);
}

/** A frame begins with its control chunk; pixels before the first one belong to no frame. */
function framesOf(chunks: readonly Chunk[]): Frame[] {
  const frames: Frame[] = [];
  for (const { type, data } of chunks) {
    if (type === 'fcTL' && data.length === 26) frames.push(readControl(data));
    if (type === 'IDAT') frames.at(-1)?.parts.push(data);
    if (type === 'fdAT') frames.at(-1)?.parts.push(data.subarray(4));
  }
  return frames.filter(({ parts }) => parts.length > 0);
}

function readControl(data: Buffer): Frame {
  const [numerator, denominator] = [data.readUInt16BE(20), data.readUInt16BE(22)];
  return {
    width: data.readUInt32BE(4),
    height: data.readUInt32BE(8),
    left: data.readUInt32BE(12),
    top: data.readUInt32BE(16),
    durationMs: (1000 * numerator) / (denominator === 0 ? 100 : denominator),
    dispose: data.readUInt8(24),
    blend: data.readUInt8(25),
    parts: [],
  };
}

function fits({ left, top, width, height }: Frame, canvas: { width: number; height: number }): boolean {
  return width > 0 && height > 0 && left + width <= canvas.width && top + height <= canvas.height;
}

/** Gives the frame's pixels as RGBA; null for a damaged frame. */
async function decodeFrame(header: Buffer, before: readonly Chunk[], frame: Frame): Promise<Buffer | null> {
  const size = Buffer.from(header);
  size.writeUInt32BE(frame.width, 0);
  size.writeUInt32BE(frame.height, 4);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    writeChunk({ type: 'IHDR', data: size }),
    ...before.map(writeChunk),
    ...frame.parts.map((data) => writeChunk({ type: 'IDAT', data })),
    writeChunk({ type: 'IEND', data: Buffer.alloc(0) }),
  ]);
  try {
    return await sharp(png, { failOn: 'none', limitInputPixels: MAX_CANVAS_PIXELS })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch {
    return null;
  }
}

function writeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function draw(canvas: Uint8Array, canvasWidth: number, frame: Frame, drawn: Uint8Array): void {
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const from = (y * frame.width + x) * 4;
      const to = ((frame.top + y) * canvasWidth + frame.left + x) * 4;
      const alpha = drawn[from + 3]!;
      if (frame.blend === 0 || alpha === 255) canvas.set(drawn.subarray(from, from + 4), to);
      else if (alpha > 0) layOver(canvas, to, drawn, from);
    }
  }
}

/** Porter and Duff's "over", on colours that are not premultiplied. */
function layOver(under: Uint8Array, to: number, over: Uint8Array, from: number): void {
  const above = over[from + 3]! / 255;
  const below = (under[to + 3]! / 255) * (1 - above);
  const alpha = above + below;
  for (let c = 0; c < 3; c++) {
    under[to + c] = Math.round((over[from + c]! * above + under[to + c]! * below) / alpha);
  }
  under[to + 3] = Math.round(alpha * 255);
}

function clear(canvas: Uint8Array, canvasWidth: number, { left, top, width, height }: Frame): void {
  for (let y = top; y < top + height; y++) {
    canvas.fill(0, (y * canvasWidth + left) * 4, (y * canvasWidth + left + width) * 4);
  }
}

async function fitted(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
  maxSidePx: number,
): Promise<Pick<Still, 'bytes' | 'input'>> {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, input: { raw: { width: info.width, height: info.height, channels: 4 } } };
}
