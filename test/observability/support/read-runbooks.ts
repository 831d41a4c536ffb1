import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const RUNBOOKS = path.resolve(import.meta.dirname, '../../../docs/runbooks');

export interface Runbook {
  /** `LeakwatchDown` */
  readonly alert: string;
  readonly text: string;
  /** PromQL expressions in its code blocks. */
  readonly queries: readonly string[];
  /** Arguments of each `leakwatch …` command in it. */
  readonly commands: readonly string[];
}

export function readRunbooks(): Runbook[] {
  return readdirSync(RUNBOOKS)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => {
      const text = readFileSync(path.join(RUNBOOKS, file), 'utf8');
      return {
        alert: path.basename(file, '.md'),
        text,
        queries: [...text.matchAll(/```promql\n([^`]+)\n```/g)].map(([, query = '']) => query),
        commands: [...text.matchAll(/(?:`|^)leakwatch ([^`\n]+)/gm)].map(([, command = '']) => command),
      };
    });
}
