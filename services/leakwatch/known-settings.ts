/**
 * Every setting's name under LEAKWATCH_. All services share one environment, so each must know the names of all. The names
 * come from the schemas that read them, in files that load little else.
 */
import { ALERTING_VARIABLES, FORMER_ALERTING_VARIABLES } from '@leakwatch/alerting/config';
import { CONSOLE_VARIABLES } from '@leakwatch/console/config';
import { INGEST_VARIABLES } from '@leakwatch/ingest/config';
import { MATCHER_VARIABLES } from '@leakwatch/matcher/config';
import { RESCAN_VARIABLES } from '@leakwatch/rescan/config';
import { ENVIRONMENT_VARIABLES } from './environment-variables.ts';
import { PROCESS_VARIABLES } from './process-settings.ts';

/** Variables that the command line and the build info read. */
const COMMAND_VARIABLES = [
  'LEAKWATCH_COMMIT',
  'LEAKWATCH_CONFIG',
  'LEAKWATCH_DATA_DIR',
  'LEAKWATCH_DEBUG',
  'LEAKWATCH_PLAYBOOKS',
  'LEAKWATCH_SERVER',
  'LEAKWATCH_TOKEN',
  'LEAKWATCH_TOKEN_FILE',
  'LEAKWATCH_TYPED_AS',
] as const;

/** All settings, each name once; docs/operate/settings.md explains them. */
export const SETTINGS: readonly string[] = [
  ...new Set([
    ...COMMAND_VARIABLES,
    ...Object.keys(ENVIRONMENT_VARIABLES),
    ...Object.keys(PROCESS_VARIABLES),
    ...Object.keys(INGEST_VARIABLES),
    ...Object.keys(MATCHER_VARIABLES),
    ...Object.keys(RESCAN_VARIABLES),
    ...Object.keys(ALERTING_VARIABLES),
    ...Object.keys(CONSOLE_VARIABLES),
  ]),
];

/** Names of the previous version, which still work. */
export const FORMER_SETTINGS: readonly string[] = Object.keys(FORMER_ALERTING_VARIABLES);

/**
 * Variables of neighbours that share the environment: docker-compose.yml, whose variables a shell may hold, and leakwatch's
 * own tests, whose child processes inherit theirs.
 */
export const NEIGHBOUR_VARIABLES: readonly string[] = [
  'LEAKWATCH_IMAGE',
  'LEAKWATCH_PRIVATE',
  'LEAKWATCH_PDQ_CONFORMANCE',
  'LEAKWATCH_REQUIRE_ALL',
  'LEAKWATCH_SOAK_MINUTES',
  'LEAKWATCH_SOAK_SEED',
  'LEAKWATCH_TEST_MASTER_KEY',
];
