import { getHeapStatistics } from 'node:v8';

/**
 * Memory that a list takes while it is compiled, measured with 100,000 names of two words (docs/measured/text-matching.md). Two thirds of
 * it stay.
 */
const HEAP_BYTES_PER_TERM = 500;
const OTHER_BYTES_PER_TERM = 1_700;
/** A smaller list fits wherever leakwatch runs. */
const FEW_TERMS = 5_000;
const MIB = 1024 * 1024;
/** A matcher without a list, with files that it maps. */
const PROCESS_MB = 280;

/** The room that a process has left. */
export interface Room {
  /** Bytes left in the JavaScript heap. */
  readonly heapBytes: number;
  /** Bytes left in the container, the heap included. */
  readonly allBytes: number;
}

/** Reads the room that this process has left, by the limit of its heap and of its container. */
export function roomOfProcess(): Room {
  const { heap_size_limit: most, used_heap_size: used } = getHeapStatistics();
  const constrained = process.constrainedMemory();
  // Without a limit Node tells 0, or a number larger than any memory.
  const isLimited = constrained > 0 && constrained < 2 ** 50;
  return {
    heapBytes: most - used,
    allBytes: isLimited ? constrained - process.memoryUsage.rss() : Number.POSITIVE_INFINITY,
  };
}

/** The bytes that a list of so many terms takes, beside the version that is in force. */
export function bytesOfTerms(terms: number): Room {
  const heapBytes = terms * HEAP_BYTES_PER_TERM;
  return { heapBytes, allBytes: heapBytes + terms * OTHER_BYTES_PER_TERM };
}

/**
 * The memory that a container should have for two versions of a list, in megabytes. Node makes its heap half as large as the
 * container.
 */
export function megabytesForTerms(terms: number): number {
  const { heapBytes, allBytes } = bytesOfTerms(terms);
  return Math.ceil(Math.max(PROCESS_MB + (2 * allBytes) / MIB, 2 * (60 + (2 * heapBytes) / MIB)));
}

/**
 * Checks that a list can be compiled, because a process that runs out of memory ends, and ends again after each start.
 *
 * @throws Error that says what is needed
 */
export function assertRoomForTerms(terms: number, room: Room = roomOfProcess()): void {
  if (terms < FEW_TERMS) return;
  const wanted = bytesOfTerms(terms);
  if (wanted.heapBytes <= room.heapBytes && wanted.allBytes <= room.allBytes) return;
  const left = Math.floor(Math.min(room.heapBytes, room.allBytes) / MIB);
  throw new Error(
    `${terms} terms take about ${Math.ceil(wanted.allBytes / MIB)} MB more, and this process has ${left} MB left: ` +
      `it needs ${megabytesForTerms(terms)} MB in all`,
  );
}
