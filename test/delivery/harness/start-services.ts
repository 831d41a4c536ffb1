import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inject } from 'vitest';
import { waitFor } from '../../harness/wait-for.ts';
import {
  type ServiceCommand,
  type ServiceOrder,
  type ServiceReport,
  ServiceReportSchema,
} from './service-messages.ts';

type ReportOf<Kind extends ServiceReport['kind']> = Extract<ServiceReport, { kind: Kind }>;

/** Services in a separate process. */
export interface ServiceProcess {
  /** Address of its webhook. */
  readonly webhook: string;
  /** Messages of this kind so far. */
  said<Kind extends ServiceReport['kind']>(kind: Kind): ReportOf<Kind>[];
  /** The process's log output, as an operator sees it. */
  logLines(): string;
  /** Resolves with the next message of this kind. */
  untilSaid(kind: ServiceReport['kind']): Promise<void>;
  /** Resolves when the process has halted at its point. */
  untilHalted(): Promise<void>;
  /** Lets the process pass the point, now and later. */
  goOn(): void;
  state(): Promise<ReportOf<'state'>>;
  signal(name: 'SIGTERM' | 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /** kill -9; resolves once it is gone. */
  kill(): Promise<void>;
  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts the services; resolves once all are up. */
export async function startServices(order: ServiceOrder): Promise<ServiceProcess> {
  const child = fork(inject('serviceProgram'), [], {
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const reports: ServiceReport[] = [];
  let lines = '';
  child.on('message', (message) => void reports.push(ServiceReportSchema.parse(message)));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (lines += text));
  const ended = once(child, 'close').then(
    (): number | NodeJS.Signals => child.exitCode ?? child.signalCode ?? -1,
  );
  const said = <Kind extends ServiceReport['kind']>(kind: Kind) =>
    reports.filter((report): report is ReportOf<Kind> => report.kind === kind);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const untilSaid = (kind: ServiceReport['kind'], before: number) =>
    waitFor(
      `${order.services.join(' and ')} to say "${kind}"`,
      () => {
        if (said(kind).length > before) return true;
        if (!hasEnded()) return false;
        throw new Error(`it ended with ${child.exitCode ?? child.signalCode ?? ''}:\n${lines}`);
      },
      () => lines,
    );
  const tell = (command: ServiceCommand) => void child.send(command);

  child.send(order);
  await untilSaid('up', 0);
  return {
    webhook: said('up')[0]?.webhook ?? '',
    said,
    logLines: () => lines,
    untilSaid: (kind) => untilSaid(kind, 0),
    untilHalted: () => untilSaid('halted', 0),
    goOn: () => tell('go-on'),
    async state() {
      const before = said('state').length;
      tell('tell-state');
      await untilSaid('state', before);
      return said('state').at(-1)!;
    },
    signal: (name) => void child.kill(name),
    async kill() {
      if (!hasEnded()) child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
