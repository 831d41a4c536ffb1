/** What kafkajs (pinned in package.json) has and doesn't declare. */
declare module 'kafkajs/src/protocol/error.js' {
  /** The library's error for one of Kafka's error codes; its `type` is Kafka's name of it. */
  export function createErrorFromCode(code: number): Error;
}
