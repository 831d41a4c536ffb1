import { type Command, Option } from '@commander-js/extra-typings';
import { wholeNumber } from './options.ts';
import { addIngestProcess, addProcess } from './process-options.ts';

/** Services as processes of their own: as many of each as the load needs. */
export function addRun(program: Command): void {
  const run = program
    .command('run')
    .description('run one service as a process of its own, until a signal')
    .addHelpText(
      'after',
      `
Processes meet in the log and the database: give all of them the same DATABASE_URL, and KAFKA_BROKERS if the
log is Kafka. Logs are JSON on standard error. On SIGTERM a process finishes its work and ends within 30 s.`,
    );

  addIngestProcess(run, 'ingest', 'take posts in: the webhook, a source, or both').action(async (options) => {
    const { runIngest } = await import('../commands/run.ts');
    await runIngest(options);
  });

  addProcess(run, 'matcher', 'match posts against the watch list')
    .addOption(
      new Option('--lane <lane>', 'only this lane (default: both)').choices(['text', 'image'] as const),
    )
    .action(async (options) => {
      const { runMatcher } = await import('../commands/run.ts');
      await runMatcher(options);
    });

  addProcess(run, 'alerting', 'turn detections into alerts, and send notices').action(async (options) => {
    const { runAlerting } = await import('../commands/run.ts');
    await runAlerting(options);
  });

  addProcess(run, 'console', "serve the analyst's console")
    .option(
      '--console-port <n>',
      'port of the console, 0 for any free one (default: LEAKWATCH_CONSOLE_PORT, 8081)',
      wholeNumber(0, 65_535),
    )
    .action(async (options) => {
      const { runConsole } = await import('../commands/run.ts');
      await runConsole(options);
    });

  addProcess(run, 'rescan', 'scan stored posts again: on request, on schedule, on a change').action(
    async (options) => {
      const { runRescan } = await import('../commands/run.ts');
      await runRescan(options);
    },
  );
}
