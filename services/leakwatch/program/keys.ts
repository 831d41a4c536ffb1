import { type Command } from '@commander-js/extra-typings';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, jsonOption } from './options.ts';

/** The keys that encrypt what is secret in the database. */
export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('encrypt the database, rotate its keys, change the master key');

  keys
    .command('generate')
    .description('print a new master key; it is stored nowhere')
    .addOption(jsonOption())
    .action(async (options) => {
      const { generate } = await import('../commands/keys.ts');
      generate(terminalScreen(options));
    });
  keys
    .command('list')
    .description('list the data keys and the master key that wraps them, by fingerprint')
    .option('--json', 'one JSON line a key', false)
    .addOption(dataDirOption())
    .action(async (options) => {
      const { listKeys } = await import('../commands/keys.ts');
      await listKeys(options, terminalScreen());
    });
  keys
    .command('rewrite')
    .description('encrypt all that is plain, or encrypted with an older data key, while everything runs')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { rewrite } = await import('../commands/keys.ts');
      process.exitCode = await rewrite(options, { isNew: false }, terminalScreen(options));
    });
  keys
    .command('rotate')
    .description('make a new data key, and encrypt everything with it')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { rewrite } = await import('../commands/keys.ts');
      process.exitCode = await rewrite(options, { isNew: true }, terminalScreen(options));
    });
  keys
    .command('change-master')
    .description('wrap the data keys with another master key; then set that one and restart')
    .requiredOption('--new-key-file <file>', 'the file with the new master key')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { changeMaster } = await import('../commands/keys.ts');
      await changeMaster(options, terminalScreen(options));
    });
  keys
    .command('decrypt')
    .description('decrypt everything for good and delete the keys; stop all processes before')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .addOption(byOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { decrypt } = await import('../commands/keys.ts');
      process.exitCode = await decrypt(options, terminalScreen(options));
    });
}
