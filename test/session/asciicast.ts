import { type Output } from './terminal.ts';

interface Cast {
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  readonly outputs: readonly Output[];
}

/** A recording in the format asciicast v2: a head, and a line for each piece of output. */
export function asciicast({ columns, rows, title, outputs }: Cast): string {
  const head = { version: 2, width: columns, height: rows, title, env: { TERM: 'xterm-256color' } };
  const lines = outputs.map(({ at, text }) => [Number(at.toFixed(3)), 'o', text]);
  return `${[head, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
