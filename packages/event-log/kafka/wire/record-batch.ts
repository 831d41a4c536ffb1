/**
 * The layout of a record batch of magic 2 (Apache Kafka, "Implementation: message format"). Numbers are
 * big-endian. The records follow the header, each after its length.
 */
export const BATCH = {
  baseOffset: 0,
  /** The number of bytes after this field. */
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  /** CRC-32C of everything after this field. */
  checkSum: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
  records: 61,
} as const;

/** The bytes that `length` does not count. */
export const BEFORE_LENGTH_COUNTS = BATCH.leaderEpoch;

export const MAGIC = 2;

export const ATTRIBUTES = {
  /** 0: none, 1: gzip, 2: snappy, 3: lz4, 4: zstd. */
  compression: 0b111,
  isAppendTime: 0b1000,
  isInTransaction: 0b10000,
  isControl: 0b100000,
} as const;
