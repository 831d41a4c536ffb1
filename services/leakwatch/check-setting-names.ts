import { SettingsError } from '@leakwatch/runtime';
import { FORMER_SETTINGS, NEIGHBOUR_VARIABLES, SETTINGS } from './known-settings.ts';
import { nearestName } from './nearest-name.ts';

/** Names with this prefix are ours. KAFKA_ and the rest may belong to other programs. */
const PREFIX = 'LEAKWATCH_';

const KNOWN = new Set([...SETTINGS, ...FORMER_SETTINGS, ...NEIGHBOUR_VARIABLES]);

/**
 * Refuses variables that look like settings and are none: a misspelt name would leave a default in force, unseen. An empty
 * one counts as absent here, too.
 *
 * @throws SettingsError with a line for each, and the name that was probably meant
 */
export function checkSettingNames(env: NodeJS.ProcessEnv): void {
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith(PREFIX) && (env[name] ?? '') !== '' && !KNOWN.has(name) && !isServiceLink(name, env),
  );
  if (unknown.length > 0) throw new SettingsError(unknown.toSorted().map(describeUnknown));
}

function describeUnknown(name: string): string {
  const meant = nearestSetting(name);
  return `${name}: leakwatch has no such setting${meant === null ? '' : `; did you mean ${meant}?`}`;
}

/** The setting with the fewest edits from a name, whatever its case; null if none is near enough. */
export function nearestSetting(name: string): string | null {
  return nearestName(name.toUpperCase(), SETTINGS, name.length - PREFIX.length);
}

const SERVICE_LINK =
  /^(.+?)_(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;

/**
 * Kubernetes sets such variables in each pod, for every Service of its namespace. Those of a Service `leakwatch-ingest`
 * begin with its name in capitals, and one of them ends with _SERVICE_HOST.
 */
function isServiceLink(name: string, env: NodeJS.ProcessEnv): boolean {
  const service = SERVICE_LINK.exec(name)?.[1];
  return service !== undefined && env[`${service}_SERVICE_HOST`] !== undefined;
}
