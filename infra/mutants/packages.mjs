/**
 * The pure parts that are mutated, each with the tests that must notice: files and folders.
 * These tests need neither Postgres nor Kafka.
 * Paths count from the root of the workspace.
 */
export const MUTATED = {
  estimates: {
    mutate: ['packages/estimates/*.ts'],
    tests: ['packages/estimates/test'],
  },
  'tier-rules': {
    // The built-in ruleset is data; its own tests and the backtest judge it.
    mutate: ['packages/tier-rules/*.ts', '!packages/tier-rules/built-in-ruleset.ts'],
    tests: ['packages/tier-rules/test'],
  },
  contracts: {
    mutate: ['packages/contracts/*.ts', 'packages/contracts/yaml/*.ts'],
    tests: ['packages/contracts/test'],
  },
  'event-log': {
    mutate: [
      'packages/event-log/adapter/{append-queue,transition}.ts',
      'packages/event-log/events/*.ts',
      'packages/event-log/port/{check-record,partitioner}.ts',
      'packages/event-log/kafka/group/{assign-partitions,commit-queue,find-place,member-standing}.ts',
      'packages/event-log/kafka/records/record-buffer.ts',
      'packages/event-log/kafka/wire/{byte-reader,crc32c,decode-record-batches,encode-record-batch,record-batch}.ts',
      'packages/event-log/stage/process-batch.ts',
      'packages/event-log/subscription/{choose-batches,held-partitions,start-batches,subscription-state}.ts',
    ],
    tests: [
      'packages/event-log/test/adapter',
      'packages/event-log/test/events',
      'packages/event-log/test/port',
      'packages/event-log/test/subscription',
      'packages/event-log/test/stage/process-batch.test.ts',
      'packages/event-log/test/kafka/group',
      'packages/event-log/test/kafka/records',
      'packages/event-log/test/kafka/wire',
    ],
  },
  'text-matching-fuzzy': {
    mutate: ['packages/text-matching/fuzzy/*.ts'],
    tests: ['packages/text-matching/test/fuzzy'],
  },
  'text-matching-verify': {
    mutate: ['packages/text-matching/verify/*.ts'],
    tests: [
      'packages/text-matching/test/verify',
      'packages/text-matching/test/blank-lines.test.ts',
      'packages/text-matching/test/drawn-letters.test.ts',
      'packages/text-matching/test/each-word.test.ts',
      'packages/text-matching/test/han-and-kana.test.ts',
      'packages/text-matching/test/masks.test.ts',
      'packages/text-matching/test/other-scripts.test.ts',
      'packages/text-matching/test/phrases.test.ts',
      'packages/text-matching/test/policy.test.ts',
      'packages/text-matching/test/script-edges.test.ts',
      'packages/text-matching/test/seams.test.ts',
      'packages/text-matching/test/spellings.test.ts',
      'packages/text-matching/test/split.test.ts',
      'packages/text-matching/test/versions.test.ts',
    ],
  },
  // The parts that decide. Those that read or write tables are tested with a database, and are not mutated: `standing`,
  // `watched-campaigns`, `follow-ruleset` and the queries of judge; `escalate-overdue`, the `record-` files and the queries of
  // incidents.
  alerting: {
    mutate: [
      'services/alerting/incidents/life/{alert-life,deadlines,escalation-chain,join-incident,recurrence}.ts',
      'services/alerting/incidents/severity/*.ts',
      'services/alerting/incidents/removal.ts',
      'services/alerting/judge/{approvals,judgement,story,web-address}.ts',
      'services/alerting/judge/checks/*.ts',
    ],
    tests: [
      'services/alerting/test/incidents/life',
      'services/alerting/test/incidents/severity',
      'services/alerting/test/incidents/removal.test.ts',
      'services/alerting/test/judge/approvals.test.ts',
      'services/alerting/test/judge/story.test.ts',
      'services/alerting/test/judge/web-address.test.ts',
      'services/alerting/test/judge/checks',
    ],
  },
};
