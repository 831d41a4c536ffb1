import { type Screen } from '../../screen/screen.ts';

/** Captures a command's output, line by line. */
export function capture(): { lines: string[]; screen: Screen } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const bar = () => ({ update: () => undefined, stop: () => undefined });
  const json = (value: unknown) => say(JSON.stringify(value));
  return { lines, screen: { result: say, json, note: say, problem: say, progress: bar, counter: bar } };
}
