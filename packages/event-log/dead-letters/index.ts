export {
  deadLetterOfInput,
  deadLetterOfRecord,
  type Failure,
  INLINE_PAYLOAD_BYTES,
  type RefusedInput,
  type SavePayload,
} from './encode-dead-letter.ts';
export { type LetterSummary } from './fold-dead-letters.ts';
export {
  deadLetterDepth,
  type DeadLetterEntry,
  type LetterDatabase,
  listDeadLetters,
} from './list-dead-letters.ts';
export {
  replayDeadLetter,
  ReplayError,
  type ReplayErrorCode,
  type ReplayLetterOptions,
} from './replay-dead-letter.ts';
