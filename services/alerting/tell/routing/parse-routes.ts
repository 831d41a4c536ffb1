import { describeProblem, placed, YamlSource } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { RoutesSchema, type RoutesSource } from './routes-schema.ts';

/** Routes that can't be used. */
export class RoutesError extends UsageError {
  /** One line each, with its place. */
  readonly problems: readonly string[];
  /** The channels that they name and that are not set up. */
  readonly unknown: readonly string[];

  constructor(problems: readonly string[], unknown: readonly string[] = []) {
    super(`the routes are broken:\n${problems.join('\n')}`);
    this.name = 'RoutesError';
    this.problems = problems;
    this.unknown = unknown;
  }
}

/**
 * Reads routes from YAML and checks all of them.
 *
 * @param channels - the names of the channels that are set up
 * @throws RoutesError naming line and column of every problem: an unknown key, a channel that is not set up
 */
export function parseRoutes(yamlText: string, file: string, channels: readonly string[]): RoutesSource {
  const yaml = new YamlSource(yamlText);
  const parsed = yaml.check(RoutesSchema);
  if (!parsed.ok) throw new RoutesError(parsed.problems.map((problem) => describeProblem(file, problem)));
  const { routes, details } = parsed.value;
  const named = [
    ...Object.keys(details).map((channel) => ({ channel, path: ['details', channel], by: 'details' })),
    ...routes.flatMap((route, r) =>
      route.channels.map((channel, c) => ({
        channel,
        path: ['routes', r, 'channels', c],
        by: `route \`${route.name}\``,
      })),
    ),
  ];
  const unknown = named.filter(({ channel }) => !channels.includes(channel));
  if (unknown.length > 0) {
    throw new RoutesError(
      unknown.map(
        ({ channel, path, by }) =>
          `${placed(file, yaml.placeOf(path))}: ${by}: ${notSetUp(channel, channels)}`,
      ),
      [...new Set(unknown.map(({ channel }) => channel))],
    );
  }
  return parsed.value;
}

function notSetUp(channel: string, channels: readonly string[]): string {
  const known = channels.length === 0 ? 'none is' : `there are ${channels.join(', ')}`;
  return `the channel \`${channel}\` is not set up: ${known}`;
}
