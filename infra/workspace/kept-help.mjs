// Keeps what `--help` has printed beside the bundle that printed it. Help is asked for again and again, and says the same until the
// command is built anew; the program takes longer to load than to say it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Words of commands alone: with options the help may be about something else. */
const COMMAND = /^[a-z][a-z-]*$/;

/** Prints the help that was kept, and tells whether there was any. */
export function showKeptHelp(folder, words) {
  const file = fileOf(folder, words);
  if (file === null || !existsSync(file)) return false;
  process.stdout.write(readFileSync(file));
  return true;
}

/** Keeps what this call prints, if it is help. */
export function keepHelp(folder, words) {
  const file = fileOf(folder, words);
  if (file === null) return;
  const printed = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk, ...rest) => {
    printed.push(Buffer.from(chunk));
    return write(chunk, ...rest);
  };
  process.on('exit', (code) => {
    if (code !== 0 || printed.length === 0) return;
    try {
      writeFileSync(file, Buffer.concat(printed));
    } catch {
      // Another user's checkout: each call there prints it anew.
    }
  });
}

/** Null: the call asks for no help. */
function fileOf(folder, words) {
  const commands = words.slice(0, -1);
  if (!['--help', '-h'].includes(words.at(-1)) || !commands.every((word) => COMMAND.test(word))) return null;
  // All else that help depends on: how the command is called, the width, and the person, whose name is a default.
  const about = [commands, process.env.LEAKWATCH_TYPED_AS, process.stdout.columns, process.getuid?.()];
  return path.join(
    folder,
    `${createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 16)}.help`,
  );
}
