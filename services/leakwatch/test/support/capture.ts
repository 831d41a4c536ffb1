import { type Screen } from '../../screen/screen.ts';

/**
 * Captures a command's output, line by line.
 *
 * @param json - as with `--json`
 */
export function capture({ json: isJson = false } = {}): { lines: string[]; screen: Screen } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const bar = () => ({ update: () => undefined, stop: () => undefined });
  const json = (value: unknown) => say(JSON.stringify(value));
  const outcome: Screen['outcome'] = (schema, value, line) => {
    if (isJson) json(schema.parse(value));
    else if (line !== null) say(line);
  };
  return {
    lines,
    screen: { result: say, json, outcome, note: say, problem: say, progress: bar, counter: bar },
  };
}
