import { describeProblem, placed, YamlSource } from '@leakwatch/contracts';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { RoutesSchema, type RoutesSource } from './routes-schema.ts';

/**
 * Reads routes from YAML and checks all of them.
 *
 * @param channels - the names of the channels that are set up
 * @throws UsageError naming line and column of every problem: an unknown key, a channel that is not set up
 */
export function parseRoutes(yamlText: string, file: string, channels: readonly string[]): RoutesSource {
  const yaml = new YamlSource(yamlText);
  const parsed = yaml.check(RoutesSchema);
  if (!parsed.ok) throw broken(parsed.problems.map((problem) => describeProblem(file, problem)));
  const unknown = parsed.value.routes.flatMap((route, r) =>
    route.channels.flatMap((channel, c) => {
      if (channels.includes(channel)) return [];
      const place = placed(file, yaml.placeOf(['routes', r, 'channels', c]));
      return [`${place}: route \`${route.name}\`: ${notSetUp(channel, channels)}`];
    }),
  );
  const undetailed = Object.keys(parsed.value.details)
    .filter((channel) => !channels.includes(channel))
    .map((channel) => {
      const place = placed(file, yaml.placeOf(['details', channel]));
      return `${place}: details: ${notSetUp(channel, channels)}`;
    });
  if (unknown.length + undetailed.length > 0) throw broken([...undetailed, ...unknown]);
  return parsed.value;
}

/** Loads the routes of the file; without one, every channel is told everything. */
export async function loadRoutes(
  file: string | undefined,
  channels: readonly string[],
): Promise<RoutesSource> {
  if (file === undefined) return { match: 'first', details: {}, routes: [] };
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new UsageError(`the routes can't be read: ${messageOf(error)}`);
  });
  return parseRoutes(text, file, channels);
}

function notSetUp(channel: string, channels: readonly string[]): string {
  const known = channels.length === 0 ? 'none is' : `there are ${channels.join(', ')}`;
  return `the channel \`${channel}\` is not set up: ${known}`;
}

function broken(problems: readonly string[]): UsageError {
  return new UsageError(`the routes are broken:\n${problems.join('\n')}`);
}
