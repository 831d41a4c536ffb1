import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DIHEDRAL_TURNS, type DihedralTurn, turnFrequencies } from '../pdq/dihedral.ts';
import { fromHex, hammingDistance, toHex } from '../pdq/hash256.ts';
import { hashOf, pdqFeatures } from '../pdq/pdq-hash.ts';
import { turnPicture } from '../pdq/turn-picture.ts';
import { randomNumbers } from './helpers/random-hashes.ts';
import { pdqAtFullSize } from './helpers/pictures.ts';

const COMMITTED = fileURLToPath(new URL('./data/pdq-conformance', import.meta.url));
const WHOLE_SET = process.env.LEAKWATCH_PDQ_CONFORMANCE;

interface ReferenceSet {
  readonly pictures: string;
  readonly signals: string;
  readonly core: string;
}

const sets: Record<string, ReferenceSet> = {
  committed: {
    pictures: COMMITTED,
    signals: path.join(COMMITTED, 'pytx-signal-examples.csv'),
    core: path.join(COMMITTED, 'cpp-core-full-resolution.csv'),
  },
};
if (WHOLE_SET !== undefined && WHOLE_SET !== '') {
  sets.whole = {
    pictures: path.join(WHOLE_SET, 'pdq/data'),
    signals: path.join(WHOLE_SET, 'expected/pytx_hma_signal_examples.csv'),
    core: path.join(WHOLE_SET, 'expected/generated_here_cpp_core_fullres_8dih.csv'),
  };
}

/** The reference's columns, by our names: its rot90 turns counter-clockwise, its flipX swaps top and bottom. */
const TURN_COLUMNS: readonly DihedralTurn[] = [
  'rotated-270',
  'rotated-180',
  'rotated-90',
  'flipped',
  'mirrored',
  'transposed',
  'anti-transposed',
];

describe.each(Object.entries(sets))('PDQ against the reference (%s set)', (_name, set) => {
  it('gives the hash of python-threatexchange for every picture', async () => {
    for (const [hash = '', picture = ''] of rows(set.signals)) {
      const { frequencies } = await pdqAtFullSize(find(set, picture));
      expect([picture, toHex(hashOf(frequencies))]).toEqual([picture, hash]);
    }
  });

  it('gives hash and quality of the C++ core bit for bit, and the turned hashes within 8 bits', async () => {
    for (const columns of rows(set.core)) {
      const picture = columns.at(-1) ?? '';
      const { frequencies, quality } = await pdqAtFullSize(find(set, picture));
      expect([picture, toHex(hashOf(frequencies)), quality]).toEqual([
        picture,
        columns[0],
        Number(columns[1]),
      ]);
      TURN_COLUMNS.forEach((turn, i) => {
        const turned = hashOf(turnFrequencies(frequencies, turn));
        expect(hammingDistance(turned, fromHex(columns[3 + i]!)), `${picture} ${turn}`).toBeLessThanOrEqual(
          8,
        );
      });
    }
  });
});

function rows(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(3);
  return lines.map((line) => line.split(','));
}

function find(set: ReferenceSet, picture: string): Uint8Array {
  const places = [path.join(set.pictures, picture), path.join(set.pictures, 'reg-test-input', picture)];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) throw new Error(`${picture} is not among the reference pictures`);
  return readFileSync(file);
}

it.each(DIHEDRAL_TURNS)(
  'a picture %s pixel by pixel has, within its drift, the hash of its turned frequencies',
  (turn) => {
    const [width, height] = [256, 256];
    const random = randomNumbers(3);
    const blobs = Array.from({ length: 14 }, () => [
      random() * width,
      random() * height,
      20 + random() * 60,
      random() * 90,
    ]);
    const data = Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return blobs.reduce(
        (sum, [cx, cy, r, v]) => sum + v! * Math.exp(-((x - cx!) ** 2 + (y - cy!) ** 2) / r! ** 2),
        40,
      );
    });
    const turned = turnPicture({ width, height, data }, turn);
    const ofTurned = hashOf(pdqFeatures(turned.data, turned.width, turned.height).frequencies);
    const predicted = hashOf(turnFrequencies(pdqFeatures(data.slice(), width, height).frequencies, turn));
    expect(hammingDistance(ofTurned, predicted)).toBeLessThanOrEqual(64);
    for (const other of DIHEDRAL_TURNS.filter((name) => name !== turn)) {
      const wrong = hashOf(turnFrequencies(pdqFeatures(data.slice(), width, height).frequencies, other));
      expect(hammingDistance(ofTurned, wrong)).toBeGreaterThan(hammingDistance(ofTurned, predicted));
    }
  },
);
