/** Parts of kafkajs (pinned in package.json) that it does not declare. */
declare module 'kafkajs/src/protocol/error.js' {
  /** The error of kafkajs for an error code of Kafka. Its `type` is Kafka's name of the error. */
  export function createErrorFromCode(code: number): Error;
}
