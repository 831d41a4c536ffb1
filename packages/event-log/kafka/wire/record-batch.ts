/**
 * Where things stand in a record batch of magic 2 (Apache Kafka, "Implementation: message format"). Numbers are big-endian;
 * records follow the header, each with its length before it.
 */
export const BATCH = {
  baseOffset: 0,
  /** Bytes that follow this field. */
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  /** CRC-32C of everything after it. */
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

/** What `length` doesn't count. */
export const BEFORE_LENGTH_COUNTS = BATCH.leaderEpoch;

export const MAGIC = 2;

export const ATTRIBUTES = {
  /** 0: none, 1: gzip, 2: snappy, 3: lz4, 4: zstd. */
  compression: 0b111,
  isAppendTime: 0b1000,
  isInTransaction: 0b10000,
  isControl: 0b100000,
} as const;
