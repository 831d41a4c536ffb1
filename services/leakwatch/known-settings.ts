/**
 * The names under LEAKWATCH_ that mean something. Every service shares one environment, so all parts' are known to each of
 * them; they are taken from the schemas that read them, and so from files that load little else.
 */
import { ALERTING_VARIABLES, FORMER_ALERTING_VARIABLES } from '@leakwatch/alerting/config';
import { INGEST_VARIABLES } from '@leakwatch/ingest/config';
import { MATCHER_VARIABLES } from '@leakwatch/matcher/config';
import { RESCAN_VARIABLES } from '@leakwatch/rescan/config';
import { PROCESS_VARIABLES } from './process-settings.ts';

/** Read by the command line itself, and by what says which build it is. */
const COMMAND_VARIABLES = [
  'LEAKWATCH_COMMIT',
  'LEAKWATCH_DATA_DIR',
  'LEAKWATCH_DEBUG',
  'LEAKWATCH_PLAYBOOKS',
] as const;

/** What people may set, each name once; docs/operate/settings.md says what each is. */
export const SETTINGS: readonly string[] = [
  ...new Set([
    ...COMMAND_VARIABLES,
    ...Object.keys(PROCESS_VARIABLES),
    ...Object.keys(INGEST_VARIABLES),
    ...Object.keys(MATCHER_VARIABLES),
    ...Object.keys(RESCAN_VARIABLES),
    ...Object.keys(ALERTING_VARIABLES),
  ]),
];

/** Names of the version before, which still answer. */
export const FORMER_SETTINGS: readonly string[] = Object.keys(FORMER_ALERTING_VARIABLES);

/**
 * Meant for what stands beside leakwatch and shares its environment: docker-compose.yml, whose variables a shell may hold, and
 * leakwatch's own tests, which start processes that inherit theirs.
 */
export const NEIGHBOUR_VARIABLES: readonly string[] = [
  'LEAKWATCH_IMAGE',
  'LEAKWATCH_PRIVATE',
  'LEAKWATCH_PDQ_CONFORMANCE',
  'LEAKWATCH_REQUIRE_ALL',
  'LEAKWATCH_SOAK_MINUTES',
  'LEAKWATCH_SOAK_SEED',
];
