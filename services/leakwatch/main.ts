#!/usr/bin/env node
import { WatchListError } from '@leakwatch/contracts';
import { messageOf, SettingsError, UsageError } from '@leakwatch/runtime/errors';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { showKept } from './screen/pager.ts';
import { takeSettingsFile } from './settings-file.ts';
import { withTyped } from './typed.ts';

/** 2: the person can fix it (a wrong option, a bad watch list); 70: leakwatch failed. */
const EXIT_USAGE = 2;
const EXIT_SOFTWARE = 70;

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** Something may still be open after success or failure: the process gets this long to end by itself. */
const LAST_MOMENT_MS = 2_000;

let settingsFile: string | null = null;
try {
  settingsFile = await takeSettingsFile(process.env, process.cwd());
  await createProgram().parseAsync();
} catch (error) {
  await showKept();
  process.exitCode = explain(error);
}
await showKept();
setTimeout(() => process.exit(), LAST_MOMENT_MS).unref();

/** Says what went wrong; returns the exit code. */
function explain(error: unknown): number {
  // commander has already printed help, the version, or what was wrong with an option.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof UsageError || error instanceof WatchListError) {
    process.stderr.write(`leakwatch: ${withTyped(error.message)}\n`);
    if (error instanceof SettingsError && settingsFile !== null)
      process.stderr.write(`(settings come from the environment and from ${settingsFile})\n`);
    return EXIT_USAGE;
  }
  const showStack = process.env.LEAKWATCH_DEBUG === '1' && error instanceof Error;
  process.stderr.write(
    `leakwatch failed: ${showStack ? (error.stack ?? error.message) : withTyped(messageOf(error))}\n`,
  );
  if (!showStack) process.stderr.write('LEAKWATCH_DEBUG=1 shows where.\n');
  return EXIT_SOFTWARE;
}
