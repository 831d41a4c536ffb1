/** The directions between packages (docs/decisions/0003-directions.md). A wrong import fails `npm test`. */

/** The wings of services/alerting, downhill: each may import those named, and never app, config or pipeline. */
const ALERTING_WINGS = {
  desk: ['judge', 'incidents'],
  measure: ['judge', 'tiers', 'incidents'],
  tell: ['judge', 'incidents', 'agree'],
  incidents: ['judge'],
  tiers: ['judge'],
  judge: ['agree'],
  agree: [],
};

/** The wings of services/rescan, downhill. */
const RESCAN_WINGS = { passes: ['jobs'], jobs: [] };

/** One rule a wing: of its own service it may import itself and the wings below it. */
function downhill(service, wings) {
  return Object.entries(wings).map(([wing, below]) => ({
    name: `${service}-${wing}-imports-downhill`,
    severity: 'error',
    from: { path: `^services/${service}/${wing}/`, pathNot: '(^|/)test/' },
    to: {
      path: `^services/${service}/`,
      pathNot: `^services/${service}/(${[wing, ...below].join('|')})/`,
    },
  }));
}

module.exports = {
  forbidden: [
    {
      name: 'contracts-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(packages/(?!contracts/)|services/|test/)' },
    },
    {
      name: 'runtime-imports-nothing-of-ours',
      comment: 'Store and log wait and retry by its means, so it stands below them.',
      severity: 'error',
      from: { path: '^packages/runtime/', pathNot: '(^|/)test/' },
      to: { path: '^(packages/(?!runtime/)|services/|test/)' },
    },
    {
      name: 'store-and-log-only-wait-by-runtime',
      comment: 'They need no web server, no metrics and no logger.',
      severity: 'error',
      from: {
        path: '^packages/(store|event-log)/',
        pathNot: '(^|/)(test|bench|contract-tests|testing|stage)/',
      },
      to: { path: '^packages/runtime/(?!waiting/)' },
    },
    {
      name: 'engines-know-only-contracts',
      comment: 'Matching and tier rules do no I/O and know nothing of logs, stores or services.',
      severity: 'error',
      from: {
        path: '^packages/(text-matching|image-matching|tier-rules|estimates)/',
        pathNot: '(^|/)(test|bench)/',
      },
      to: { path: '^(packages/(event-log|store|runtime)/|services/|test/)' },
    },
    {
      name: 'text-and-image-engines-are-apart',
      severity: 'error',
      from: { path: '^packages/(text-matching|image-matching|tier-rules|estimates)/' },
      to: {
        path: '^packages/(text-matching|image-matching|tier-rules|estimates)/',
        pathNot: '^packages/$1/',
      },
    },
    {
      name: 'pure-packages-have-no-io',
      comment: 'Outside tests, benches and generators, the engines take bytes and give answers.',
      severity: 'error',
      from: {
        path: '^packages/(text-matching|image-matching|tier-rules|estimates)/',
        // The WebAssembly of JPEG XL, PDF and codes is a file beside its script; a thread reads it once.
        pathNot:
          '(^|/)(test|bench|generate|corpus)/|image-matching/(decode/(foreign-codecs|pdfium)|codes/read-codes)\\.ts$',
      },
      to: { path: '^(node:)?(fs|fs/promises|net|http|https|dgram|child_process)$' },
    },
    {
      name: 'packages-never-import-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-never-import-each-other',
      comment:
        'They meet in topics and Postgres. Only the command composes them, and the console reads and changes by their functions.',
      severity: 'error',
      from: { path: '^services/(?!leakwatch/|console/)([^/]+)/', pathNot: '(^|/)test/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'the-console-imports-only-what-services-export',
      comment: 'docs/decisions/0601-the-console-shares-the-functions.md',
      severity: 'error',
      from: { path: '^services/console/' },
      to: {
        path: '^services/',
        pathNot: ['^services/console/', '/(index|config)[.]ts$'],
      },
    },
    {
      name: 'the-schemas-load-in-a-browser',
      severity: 'error',
      from: { path: '^services/console/api/schemas/' },
      to: {
        pathNot: [
          '^services/console/api/schemas/',
          // Each imports zod and its neighbours in this list.
          '^packages/contracts/(common|watchlist|disclosure|canary|tip|grade)[.]ts$',
          'node_modules/zod/',
        ],
      },
    },
    {
      name: 'tests-share-only-queries',
      comment: "A test may prepare the tables with another service's queries; it imports nothing else of it.",
      severity: 'error',
      from: { path: '^services/(?!leakwatch/|console/)([^/]+)/.*test/' },
      to: { path: '^services/', pathNot: ['^services/$1/', '/queries/'] },
    },
    ...downhill('alerting', ALERTING_WINGS),
    ...downhill('rescan', RESCAN_WINGS),
    {
      name: 'no-sql-client-outside-store-and-log',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '^packages/(store|event-log)/' },
      to: { path: 'node_modules/pg/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circular-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
