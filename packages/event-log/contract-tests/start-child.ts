import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ChildCommand, type ChildOrder, type ChildReport, ChildReportSchema } from './child-messages.ts';
import { waitFor } from './harness.ts';

export interface ChildMember {
  /** All reports so far. */
  readonly reports: readonly ChildReport[];
  /** The texts of all records whose effect has happened. */
  effects(): string[];
  tell(command: ChildCommand): void;
  /** Asks for the partitions that it holds now. */
  assignment(): Promise<readonly number[]>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** kill -9. Resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a member in its own process. Resolves when it has joined its group. */
export async function startChild(order: ChildOrder): Promise<ChildMember> {
  const child = fork(fileURLToPath(new URL('child-member.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const reports: ChildReport[] = [];
  child.on('message', (message) => void reports.push(ChildReportSchema.parse(message)));
  const gone = once(child, 'exit');
  child.send(order);
  await waitFor('the child to join', () => {
    if (child.exitCode !== null) throw new Error(`the child ended with exit code ${child.exitCode}`);
    return reports.some((report) => report.kind === 'joined');
  });

  const tell = (command: ChildCommand) => void child.send(command);
  const answers = () => reports.filter((report) => report.kind === 'assignment');
  return {
    reports,
    effects: () => reports.flatMap((report) => (report.kind === 'effect' ? report.texts : [])),
    tell,
    async assignment() {
      const before = answers().length;
      tell('tell-assignment');
      await waitFor('the child to tell its assignment', () => answers().length > before);
      return answers().at(-1)?.partitions ?? [];
    },
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
