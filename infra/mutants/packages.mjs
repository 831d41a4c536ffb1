/**
 * The pure parts that are mutated, each with the tests that must notice. These tests need neither Postgres nor Kafka.
 * Paths count from the root of the workspace.
 */
export const MUTATED = {
  estimates: {
    mutate: ['packages/estimates/*.ts'],
    tests: ['packages/estimates/test/**/*.test.ts'],
  },
  'tier-rules': {
    // The built-in ruleset is data; its own tests and the backtest judge it.
    mutate: ['packages/tier-rules/*.ts', '!packages/tier-rules/built-in-ruleset.ts'],
    tests: ['packages/tier-rules/test/**/*.test.ts'],
  },
  contracts: {
    mutate: ['packages/contracts/*.ts', 'packages/contracts/yaml/*.ts'],
    tests: ['packages/contracts/test/**/*.test.ts'],
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
      'packages/event-log/test/{adapter,events,port,subscription}/*.test.ts',
      'packages/event-log/test/stage/process-batch.test.ts',
      'packages/event-log/test/kafka/{group,records,wire}/*.test.ts',
    ],
  },
  // Two entries: the tests of each take seconds, those of the whole package minutes.
  'text-matching-fuzzy': {
    mutate: ['packages/text-matching/fuzzy/*.ts'],
    tests: ['packages/text-matching/test/fuzzy/*.test.ts'],
  },
  'text-matching-verify': {
    mutate: ['packages/text-matching/verify/*.ts'],
    tests: [
      'packages/text-matching/test/verify/*.test.ts',
      'packages/text-matching/test/{each-word,kinds,masks,ordinary-words,phrases,policy,script-edges,seams,spellings,split}.test.ts',
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
      'services/alerting/test/incidents/{life,severity}/*.test.ts',
      'services/alerting/test/incidents/removal.test.ts',
      'services/alerting/test/judge/{approvals,story,web-address}.test.ts',
      'services/alerting/test/judge/checks/*.test.ts',
    ],
  },
};
