// `npm run leakwatch -- …` from a checkout: installs the workspace if needed, bundles the command if its sources have changed, and
// runs the bundle in this process.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { builtCommand, runBuild } from './built-command.mjs';
import { keepHelp, showKeptHelp } from './kept-help.mjs';
import { setUp } from './set-up.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
// npm changes to the package's folder, but a user's relative paths start at their own folder.
const from = process.env.INIT_CWD ?? process.cwd();

setUp();
const command = builtCommand();
const words = process.argv.slice(2);
// These commands may serve the console's pages.
if (words.some((word) => ['up', 'run', '--serve'].includes(word))) {
  const { isWebBuilt } = await import('./build-web.mjs');
  if (!isWebBuilt()) runBuild('build-web.mjs');
}
process.env.LEAKWATCH_TYPED_AS ??= typedAs();
if (!showKeptHelp(path.dirname(command), words)) {
  keepHelp(path.dirname(command), words);
  await run();
}

async function run() {
  if (process.env.LEAKWATCH_DEBUG === '1') process.setSourceMapsEnabled(true);
  process.chdir(from);
  process.argv[1] = command;
  await import(pathToFileURL(command).href);
}

/** The words that call this file again from where it was called. */
function typedAs() {
  const {
    npm_package_json: calledFor,
    npm_lifecycle_event: script,
    npm_config_loglevel: level,
  } = process.env;
  const isByNpm = calledFor === path.join(root, 'package.json') && ['leakwatch', 'demo'].includes(script);
  if (!isByNpm) return `node ${quoted(path.relative(from, fileURLToPath(import.meta.url)))}`;
  const place = isFoundFrom(from) ? '' : ` --prefix ${quoted(path.relative(from, root))}`;
  return `npm${place} run${level === 'silent' ? ' --silent' : ''} leakwatch --`;
}

/** True if npm, called in this folder, takes this checkout. */
function isFoundFrom(folder) {
  if (existsSync(path.join(folder, 'package.json'))) return folder === root;
  const parent = path.dirname(folder);
  return parent !== folder && isFoundFrom(parent);
}

function quoted(word) {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
